extension AlertedDevelopment {
    /// The gloss, where readers of the policy's languages need it.
    func gloss(for policy: SinkPolicy) -> String? {
        policy.needsGloss(language: sources.first?.lang) ? gloss : nil
    }

    /// Day and headline, and the gloss where it is needed, as one field of a line: `2024-02-11 Ferry runs aground`.
    func datedHeadline(for policy: SinkPolicy) -> String {
        let gloss = gloss(for: policy).map { " (\(LineText.field($0)))" } ?? ""
        return "\(Timestamp.text(firstPublished).prefix(10)) \(LineText.field(headline))\(gloss)"
    }
}

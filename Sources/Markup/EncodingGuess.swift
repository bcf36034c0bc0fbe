/// Tells the encoding of bytes that do not say it, or say what cannot be true, from the bytes alone.
enum EncodingGuess {
    /// What the bytes of a document are.
    enum Verdict: Sendable, Equatable {
        /// What they were said to be, or UTF-8 if nothing was said.
        case asSaid
        /// UTF-8 with bytes among it that are windows-1252.
        case strayBytes
        /// In an encoding that nobody named, by its name for people.
        case other(TextEncoding, label: String)
    }

    /// Sequences of UTF-8 by which text that was said to be in another encoding is UTF-8. Real text in another
    /// encoding has none that is right but by chance; a page *about* wrongly read UTF-8 has a few.
    static let minSequences = 10
    /// Bits that an encoding must save, by which it is 2^24 times as likely; four to six letters do.
    static let minSavedBits = 24.0
    /// The same where another encoding was declared.
    static let minSavedBitsOverDeclared = 64.0

    /// Judges the part of a document that starts with its first byte beyond ASCII.
    static func verdict(on sample: [UInt8], said: TextEncoding) -> Verdict {
        let (sequences, strays) = survey(sample)
        if said.isUTF8 {
            if strays == 0 { return .asSaid }
            if sequences >= strays { return .strayBytes }
            guard let found = cheapest(sample, than: TextModel.windows1252, saving: minSavedBits) else {
                return .strayBytes
            }
            return .other(found.encoding, label: found.label)
        }
        if strays == 0, sequences >= minSequences { return .other(.utf8, label: "UTF-8") }
        let models = [TextModel.windows1252].compactMap(\.self) + TextModel.others
        guard let model = models.first(where: { $0.encoding == said }),
            let found = cheapest(sample, than: model, saving: minSavedBitsOverDeclared)
        else { return .asSaid }
        return .other(found.encoding, label: found.label)
    }

    /// The model in which the sample costs least, if it saves that many bits.
    private static func cheapest(
        _ sample: [UInt8], than model: TextModel?, saving saved: Double
    ) -> TextModel? {
        guard let model else { return nil }
        var least = model.bits(of: sample) - saved
        var found: TextModel?
        for other in TextModel.others where other.encoding != model.encoding {
            let bits = other.bits(of: sample, limit: least)
            if bits < least { (least, found) = (bits, other) }
        }
        return found
    }

    /// Counts sequences of UTF-8, and bytes beyond ASCII that are in none. One cut at the end counts as neither.
    private static func survey(_ sample: [UInt8]) -> (sequences: Int, strays: Int) {
        var (sequences, strays) = (0, 0)
        var index = 0
        while index < sample.count {
            let length = UTF8Writer.sequenceLength(sample[...], at: index)
            if length > 1 {
                sequences += 1
            } else if length == 0 {
                if isCut(sample[index...]) { break }
                strays += 1
            }
            index += max(1, length)
        }
        return (sequences, strays)
    }

    /// Whether these bytes can be the start of a sequence whose rest did not come.
    private static func isCut(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let lead = rest.first, lead >= 0xC2, rest.count <= 3 else { return false }
        return rest.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    }
}

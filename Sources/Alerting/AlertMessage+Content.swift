import Foundation
import Scheduling

extension AlertMessage {
    /// Outlets that a message names; the others are counted.
    private static let maxSources = 4
    /// Developments that a digest names; the others are counted.
    private static let maxHeadlines = 8

    /// What `alert` says, in words for readers of the policy's languages.
    init(_ alert: Alert, readBy policy: SinkPolicy) {
        self.init(
            id: alert.id, title: "", link: nil, lines: [], reference: LineText.field(alert.id),
            urgency: .normal)
        switch alert.content {
        case .development(let development):
            tell(development, policy, title: development.late ? "Late: " : "")
            urgency = Self.urgency(development)
        case .update(let update):
            tell(update.development, policy, title: "Update: ", news: update.news)
            urgency = .low
        case .correction(let correction):
            tell(correction.development, policy, title: "Correction: ", news: correction.correction)
        case .digest(let digest): tell(digest, policy)
        case .feed(let notice): tell(notice)
        case .service(let notice):
            title =
                "\(notice.subject.rawValue.capitalized) \(notice.state.rawValue): \(LineText.field(notice.name))"
            add(notice.message)
            urgency = notice.state == .failing ? .high : .normal
        case .heartbeat(let heartbeat):
            title = heartbeat.isPaused ? "Polling is paused" : "Still watching"
            add(heartbeat.sentence)
            urgency = .low
        case .test(let message):
            title = "Test"
            add(message)
        }
    }

    private static func urgency(_ development: AlertedDevelopment) -> Urgency {
        switch development.confidence {
        case .low: .low
        case .medium: .normal
        case .high: .high
        }
    }

    private mutating func add(_ text: String?) {
        if let text { lines.append([.text(LineText.field(text))]) }
    }

    // MARK: Developments

    private mutating func tell(
        _ development: AlertedDevelopment, _ policy: SinkPolicy, title prefix: String, news: String? = nil
    ) {
        let headline = LineText.field(development.headline)
        // Receivers refuse a message without a title.
        title = prefix + (headline.isEmpty ? "No headline" : headline)
        link = development.sources.lazy.compactMap(\.url).compactMap(WebLink.init).first
        add(news)
        add(development.gloss(for: policy))
        add("\(development.topic): \(development.kind), \(development.confidence.rawValue) confidence")
        tellSources(of: development)
        add(Self.time(of: development))
        add("Why: \(development.why)")
        reference = "newswatch explain \(LineText.field(development.id))"
    }

    private mutating func tellSources(of development: AlertedDevelopment) {
        let sources = development.sources
        lines += sources.prefix(Self.maxSources).map(Self.line)
        guard development.corroboration > 1 || sources.count > Self.maxSources else { return }
        let languages = Set(sources.compactMap { $0.lang?.prefix { $0 != "-" } }).count
        let count = max(development.corroboration, sources.count)
        add("\(count) outlets" + (languages > 1 ? " in \(languages) languages" : ""))
    }

    private static func line(of source: AlertedDevelopment.Source) -> Line {
        let language = source.lang.map { " (\(LineText.field($0)))" } ?? ""
        let name = "\(LineText.field(source.outlet))\(language)"
        guard let link = source.url.flatMap(WebLink.init) else { return [.text(name)] }
        return [.text("\(name): "), .link(link)]
    }

    private static func time(of development: AlertedDevelopment) -> String {
        let delay = development.alertedAt.timeIntervalSince(development.firstPublished)
        let published = "First published \(minute(development.firstPublished))"
        guard delay >= 60 else { return "\(published), told at once" }
        return "\(published), told \(Duration.seconds(delay).phrase) later"
    }

    /// `2024-03-05 09:30 UTC`.
    private static func minute(_ date: Date) -> String {
        Timestamp.text(date).prefix(16).replacing("T", with: " ") + " UTC"
    }

    private mutating func tell(_ digest: AlertDigest, _ policy: SinkPolicy) {
        title = "\(LineText.field(digest.topic)): \(digest.summary)"
        lines = digest.developments.prefix(Self.maxHeadlines).map { development in
            let text = development.datedHeadline(for: policy)
            let reference = " \(LineText.field(development.id))"
            guard let link = development.sources.first?.url.flatMap(WebLink.init) else {
                return [.text(text + reference)]
            }
            return [.text(text + " "), .link(link), .text(reference)]
        }
        let rest = digest.developments.count - Self.maxHeadlines
        if rest > 0 { add("and \(rest) more") }
    }

    // MARK: Notices

    private mutating func tell(_ notice: FeedNotice) {
        title = "Feed \(notice.event.rawValue): \(LineText.field(notice.name ?? notice.feed))"
        link = WebLink(notice.feed)
        add(notice.message)
        lines.append([.text(LineText.address(notice.feed))])
        if let movedTo = notice.movedTo { lines.append([.text("Moved to \(LineText.address(movedTo))")]) }
        if let last = notice.lastNews { add("Last news \(Self.minute(last))") }
        urgency = notice.event == .broken || notice.event == .gone ? .normal : .low
    }
}

import Foundation
import LoopbackServer
import Synchronization

/// An outlet whose feed grows when the test says so, with an entity tag as real ones have, and a webhook
/// receiver on the same port.
final class Outlet: Sendable {
    struct Story: Sendable {
        var id: String
        var title: String
        var text = ""
        var link: String?
        var published: Date?

        /// The same story with a date.
        func published(at time: Date) -> Story {
            var story = self
            story.published = time
            return story
        }

        static let firing = Story(
            id: "1", title: "OpenAI fires chief executive Sam Altman",
            text: "The board of OpenAI dismissed Sam Altman as chief executive on Friday, it said.")
        static let suing = Story(
            id: "2", title: "Elon Musk sues OpenAI",
            text: "Elon Musk filed a lawsuit against OpenAI and Sam Altman in San Francisco.")
    }

    private struct State {
        var stories: [Story] = []
        var behaviours: [LoopbackAnswer.Behaviour] = []
        var webhookStatus = 204
        var gate: LoopbackGate?
        var replacement: LoopbackAnswer?
        var feedGate: LoopbackGate?
    }

    private let state: Shared
    let server: LoopbackServer

    private final class Shared: Sendable {
        let value = Mutex(State())
    }

    init() throws {
        let state = Shared()
        self.state = state
        server = try LoopbackServer { request in
            state.value.withLock { state in
                if request.path.hasPrefix("/hook") {
                    return LoopbackAnswer(
                        status: state.webhookStatus, behaviour: state.gate.map { .withheld($0) } ?? .whole)
                }
                if let replacement = state.replacement { return replacement }
                let usual = state.feedGate.map { LoopbackAnswer.Behaviour.withheld($0) } ?? .whole
                let tag = "\"\(state.stories.count)\""
                if request["If-None-Match"] == tag {
                    return LoopbackAnswer(status: 304, headers: [("ETag", tag)])
                }
                return LoopbackAnswer(
                    headers: [("Content-Type", "application/rss+xml"), ("ETag", tag)],
                    body: Array(Self.rss(state.stories).utf8),
                    behaviour: state.behaviours.isEmpty ? usual : state.behaviours.removeFirst())
            }
        }
    }

    var feedURL: String { server.url("/feed.xml") }
    var hookURL: String { server.url("/hook") }
    /// The receiver as a sink of the configuration.
    var webhookSink: String {
        """
        [[sink]]
        name = "hook"
        type = "webhook"
        url = "\(hookURL)"
        allow_private = true
        """
    }
    var feedRequests: [LoopbackRequest] { server.requests(for: "/feed.xml") }
    var hookRequests: [LoopbackRequest] { server.requests(for: "/hook") }
    /// Ids of the alerts that the receiver got, repeats included.
    var hookIDs: [String] { hookRequests.compactMap { $0["webhook-id"] } }

    func publish(_ stories: [Story]) { state.value.withLock { $0.stories += stories } }

    /// The next documents are sent like this, one each.
    func behave(_ behaviours: LoopbackAnswer.Behaviour...) {
        state.value.withLock { $0.behaviours += behaviours }
    }

    /// Answers every request for the feed with `answer` until told nil.
    func replace(with answer: LoopbackAnswer?) { state.value.withLock { $0.replacement = answer } }

    /// Every document waits for `gate`.
    func withholdFeed(_ gate: LoopbackGate) { state.value.withLock { $0.feedGate = gate } }

    /// The webhook's answers wait for `gate`.
    func withhold(_ gate: LoopbackGate?) { state.value.withLock { $0.gate = gate } }

    func webhook(status: Int) { state.value.withLock { $0.webhookStatus = status } }

    private static func rss(_ stories: [Story]) -> String {
        let items = stories.reversed().map { story in
            let date = story.published.map { "<dc:date>\($0.formatted(.iso8601))</dc:date>" } ?? ""
            let link = story.link ?? "https://harbour-courier.example/\(story.id)"
            return """
                <item><guid isPermaLink="false">\(story.id)</guid><title>\(escaped(story.title))</title>
                <link>\(escaped(link))</link>\(date)<description>\(escaped(story.text))</description></item>
                """
        }
        return """
            <?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
            <title>Harbour Courier</title>\(items.joined(separator: "\n"))</channel></rss>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}

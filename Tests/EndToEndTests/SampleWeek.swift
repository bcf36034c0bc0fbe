import Foundation

/// The sample archive as stories of one outlet, with its labels.
enum SampleWeek {
    struct Item {
        var story: Outlet.Story
        var developments: [String]
        var isOnTopic: Bool
    }

    static func items() throws -> [Item] {
        let text = try String(contentsOf: Repository.samples, encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            let published = (object["published"] as? String).flatMap { try? Date($0, strategy: .iso8601) }
            return Item(
                story: Outlet.Story(
                    id: object["id"] as? String ?? "", title: object["title"] as? String ?? "",
                    text: object["text"] as? String ?? "", link: object["url"] as? String,
                    published: published),
                developments: object["developments"] as? [String] ?? [],
                isOnTopic: object["on_topic"] as? Bool ?? false)
        }
    }
}

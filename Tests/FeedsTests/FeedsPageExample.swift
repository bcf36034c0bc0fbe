import Feeds
import Foundation

func lines(ofFeedAt url: URL) throws -> [String] {
    let parsed = parseFeed([UInt8](try Data(contentsOf: url)), baseURL: "https://example.org/")
    if let error = parsed.error { throw error }
    let entries = parsed.entries.map { "\($0.title?.plainText ?? "untitled"): \($0.link ?? "no link")" }
    let problems = parsed.problems.map { "line \($0.line), column \($0.column): \($0.message)" }
    return entries + problems
}

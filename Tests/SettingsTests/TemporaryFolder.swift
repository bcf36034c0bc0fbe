import Foundation
import Testing

@testable import Settings

/// A folder of one test, gone with it.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "newswatch-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// A folder whose `lexicon` holds one small language.
    static func withLexicon() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("lexicon/en.toml", Samples.lexicon)
        return folder
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Issue.record("\(path) could not be removed: \(error)")
        }
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = URL(fileURLWithPath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// The configuration whose text this is.
    func read(_ text: String) throws -> NewswatchConfiguration {
        try ConfigurationReader.read(path: write("newswatchd.toml", text), program: nil)
    }

    /// What reading a configuration with this text complains of, the folder's own path left out.
    func faults(_ text: String) throws -> String {
        do {
            _ = try read(text)
            return ""
        } catch let faults as ConfigurationFaults {
            return faults.description.replacingOccurrences(of: path + "/", with: "")
        }
    }
}

/// Sound files to set faulty ones against.
enum Samples {
    static let lexicon = """
        language = "en"
        function_words = ["the", "of"]
        [kinds]
        removal = ["fired", "oust*", "show* ~ the door"]
        """

    static let profile = """
        id = "ferry"
        name = "The harbour ferry"
        [[entity]]
        id = "line"
        name = "Harbour Line"
        kind = "organization"
        central = true
        """

    static let opml = """
        <?xml version="1.0"?>
        <opml version="2.0"><head><title>Mine</title></head><body>
          <outline text="News" xmlUrl="https://news.example.com/rss"/>
          <outline text="Other" xmlUrl="http://other.example.com:8080/atom"/>
        </body></opml>
        """
}

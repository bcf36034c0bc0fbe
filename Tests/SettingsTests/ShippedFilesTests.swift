import Foundation
import Stories
import Testing

@testable import Settings

/// The files below `etc/newswatch` are read as the daemon reads them.
@Suite struct ShippedFilesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "etc/newswatch").path

    private static func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder + "/" + name).filter {
            $0.hasSuffix(".toml")
        }
    }

    @Test func lexiconIsSound() throws {
        let faults = FaultCollector()
        let languages = LexiconReader.read(
            directory: Self.folder + "/lexicon", referrer: "etc",
            position: SourcePosition(line: 1, column: 1),
            faults: faults)
        #expect(faults.collected() == nil, "\(faults.collected()?.description ?? "")")
        #expect(languages.count == (try Self.names(in: "lexicon")).count)
        #expect(languages.contains { $0.language == "en" && $0.kinds[.removal]?.isEmpty == false })
    }

    @Test func topicProfilesAreSound() throws {
        let names = try Self.names(in: "topics")
        #expect(!names.isEmpty)
        for name in names {
            let profile = try ConfigurationReader.profile(path: Self.folder + "/topics/" + name)
            #expect(profile.id + ".toml" == name)
        }
    }

    @Test func defaultConfigurationIsSound() throws {
        let configuration = try ConfigurationReader.read(path: Self.folder + "/newswatchd.toml", program: nil)
        #expect(!configuration.profiles.isEmpty)
        #expect(!configuration.sinks.isEmpty)
    }
}

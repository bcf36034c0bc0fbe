import Foundation

@testable import Settings
@testable import Stories

/// Times whole decisions of the story engine at several numbers of stored entries. One thread; `make bench` pins it to
/// a core.
///
/// usage: StoryStages CONFIGURATION [everything|PROFILE] [SIZE…]
@main
struct StoryStages {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let folder = arguments.first else {
            FileHandle.standardError.write(Data("usage: StoryStages CONFIGURATION [everything|PROFILE] [SIZE…]\n".utf8))
            exit(64)
        }
        let lexicon = try ConfigurationReader.lexicon(directory: folder + "/lexicon")
        let name = arguments.dropFirst().first ?? "everything"
        let profile =
            name == "everything"
            ? TopicProfile.everything : try ConfigurationReader.profile(path: "\(folder)/topics/\(name).toml")
        let sizes = arguments.dropFirst(2).compactMap { Int($0) }
        print("== profile \(name)")
        for size in sizes.isEmpty ? [10_000, 100_000, 1_000_000] : sizes {
            var desk = Newsroom(lexicon: lexicon, profile: profile)
            desk.fill(size)
            desk.measure(5000)
        }
    }
}

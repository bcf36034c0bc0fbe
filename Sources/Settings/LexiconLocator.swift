import Foundation

/// Finds the lexicon that belongs to a configuration, a topic profile or the program itself, for users who
/// did not say where it is.
package enum LexiconLocator {
    /// Where the package puts the lexicon.
    static let installed = ["/etc/newswatch/lexicon", "/usr/share/newswatch/lexicon"]

    /// The running program's own path, as the kernel knows it.
    package static var program: String? {
        // Fails only without /proc; then nothing is searched near the program.
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    /// The first that is a directory: `lexicon` beside the configuration, `../lexicon` seen from a profile
    /// (the layout of `/etc/newswatch`), `etc/newswatch/lexicon` or `share/newswatch/lexicon` in a folder
    /// around the program (a build in its repository, an installation below a prefix), the installed ones.
    package static func locate(
        configuration: String? = nil, profiles: [String] = [], program: String? = LexiconLocator.program
    ) -> String? {
        candidates(configuration: configuration, profiles: profiles, program: program).first { path in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
                && isDirectory.boolValue
        }
    }

    static func candidates(configuration: String?, profiles: [String], program: String?) -> [String] {
        var candidates: [String] = []
        if let configuration { candidates.append(TextFile.resolve("lexicon", beside: configuration)) }
        for profile in profiles {
            candidates.append(TextFile.resolve("../lexicon", beside: profile))
            candidates.append(TextFile.resolve("lexicon", beside: profile))
        }
        var folder = program.flatMap(parent)
        // .build/<triple>/release is three folders below the repository.
        for _ in 0..<5 {
            guard let around = folder else { break }
            candidates.append(around + "/etc/newswatch/lexicon")
            candidates.append(around + "/share/newswatch/lexicon")
            folder = parent(around)
        }
        return candidates + installed
    }

    private static func parent(_ path: String) -> String? {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return nil }
        return String(path[..<slash])
    }
}

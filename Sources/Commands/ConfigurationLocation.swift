import Settings
import Foundation

/// Where the topics and the lexicon of the offline verbs come from.
struct ConfigurationLocation {
    /// `--config-dir`.
    var option: String?
    let console: Console

    /// The installed one.
    static let standard = "/etc/newswatch"

    /// The option, else `$NEWSWATCH_ETC`, else the first that exists of `etc/newswatch` below the working
    /// directory, `etc/newswatch` below a folder around the program (a build, an installation below a prefix) and
    /// `/etc/newswatch`.
    var directory: String {
        if let named { return named }
        return candidates.first(where: Self.isDirectory) ?? Self.standard
    }

    /// Said by the user, therefore not searched for.
    private var named: String? {
        if let option { return option }
        let variable = console.environment["NEWSWATCH_ETC"] ?? ""
        return variable.isEmpty ? nil : variable
    }

    private var candidates: [String] {
        var candidates = ["etc/newswatch"]
        var folder = console.executablePath.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        // .build/<triple>/release is three folders below the repository, bin one below the prefix.
        for _ in 0..<5 {
            guard let around = folder, around.path != "/" else { break }
            candidates.append(around.appendingPathComponent("etc/newswatch").path)
            folder = around.deletingLastPathComponent()
        }
        return candidates + [Self.standard]
    }

    /// The lexicon's folder: beside the profile when one is named (its author knows which words it needs), else in
    /// ``directory``.
    func lexiconDirectory(profile: String?) -> String {
        if named == nil, let profile,
            let beside = LexiconLocator.locate(profiles: [profile], program: console.executablePath)
        {
            return beside
        }
        return directory + "/lexicon"
    }

    /// The profiles in `topics/`, by name. Throws what reading the folder throws.
    func profiles() throws -> [String] {
        let folder = directory + "/topics"
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }
            .sorted()
            .map { "\(folder)/\($0)" }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }
}

import Foundation
import Testing

/// Manual and completions as `make build` makes them, read by the programs that they are for.
@Suite(.seated) struct SharedFilesTests {
    private static func has(_ program: String) -> Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    /// Makes the files below a folder of its own, as `make build` does below `.build/release`.
    private func generated(_ body: (URL) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder("share")
        defer { try? FileManager.default.removeItem(at: folder) }
        for program in ["newswatch", "newswatchd"] {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: program), withDestinationURL: RunningProgram.executable)
        }
        let result = try await Shell.run("scripts/generate-share", [folder.path], in: Repository.root)
        #expect(result.exitCode == 0 && result.output.isEmpty, "\(result.output)")
        try await body(folder.appending(path: "share"))
    }

    @Test func allFilesAreWhereDistributionsLookForThem() async throws {
        try await generated { share in
            for file in [
                "man/man1/newswatch.1", "man/man8/newswatchd.8", "bash-completion/completions/newswatch",
                "bash-completion/completions/newswatchd", "zsh/site-functions/_newswatch",
                "zsh/site-functions/_newswatchd", "fish/vendor_completions.d/newswatch.fish",
                "fish/vendor_completions.d/newswatchd.fish",
            ] {
                #expect(try !Data(contentsOf: share.appending(path: file)).isEmpty)
            }
            // Nothing is done again while the program is the same.
            let page = share.appending(path: "man/man1/newswatch.1")
            try "mine".write(to: page, atomically: true, encoding: .utf8)
            let again = try await Shell.run(
                "scripts/generate-share", [share.deletingLastPathComponent().path], in: Repository.root)
            #expect(again.exitCode == 0)
            #expect(try String(contentsOf: page, encoding: .utf8) == "mine")
        }
    }

    @Test(.enabled(if: has("man"), "SKIPPED: no man; the manual is not rendered here"))
    func manHasNoComplaintAboutTheManual() async throws {
        try await generated { share in
            for page in ["man/man1/newswatch.1", "man/man8/newswatchd.8"] {
                let path = share.appending(path: page).path
                let result = try await Shell.run(
                    "sh", ["-c", "LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l '\(path)' 2>&1 >/dev/null"],
                    in: Repository.root)
                #expect(result.exitCode == 0 && result.output.isEmpty, "\(result.output)")
            }
        }
    }

    @Test(
        .enabled(if: has("bash"), "SKIPPED: no bash"),
        arguments: [
            (["newswatch", ""], "ctl"), (["newswatch", "fing"], "fingerprint"),
            (["newswatch", "ctl", "devel"], "developments"),
            (["newswatch", "ctl", "alerts", "--fai"], "--failed"),
            (["newswatchd", "--onc"], "--once"),
        ])
    func bashCompletesAWord(words: [String], completion: String) async throws {
        try await generated { share in
            let script = share.appending(path: "bash-completion/completions/\(words[0])").path
            let line = words.joined(separator: " ")
            let list = words.map { "'\($0)'" }.joined(separator: " ")
            let result = try await Shell.run(
                "bash",
                [
                    "-c",
                    """
                    shopt -s extglob; source '\(script)'
                    COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1)
                    COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
                    "$(complete -p \(words[0]) | sed 's/.*-F \\([^ ]*\\) .*/\\1/')" \(words[0]) '\(words.last ?? "")' ''
                    printf '%s\\n' "${COMPREPLY[@]}"
                    """,
                ], in: Repository.root)
            #expect(
                result.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.contains(
                    completion), "\(result.output)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func shellsCanReadTheirFiles(shell: String) async throws {
        guard Self.has(shell) else {
            print("SKIPPED: no \(shell); its completions are not read here")
            return
        }
        try await generated { share in
            for program in ["newswatch", "newswatchd"] {
                let file =
                    switch shell {
                    case "bash": "bash-completion/completions/\(program)"
                    case "zsh": "zsh/site-functions/_\(program)"
                    default: "fish/vendor_completions.d/\(program).fish"
                    }
                let result = try await Shell.run(
                    shell, ["-n", share.appending(path: file).path], in: Repository.root)
                #expect(result.exitCode == 0 && result.output.isEmpty, "\(result.output)")
            }
        }
    }
}

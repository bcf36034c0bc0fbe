import Foundation

@testable import Alerting

/// A script beside the tests in which a library of others judges what we write. `NEWSWATCH_PYTHON` names an
/// interpreter that has it (`make interop` does); otherwise it is the first `python3` that is found.
struct Judge {
    private let script: String
    private let library: String

    static let schema = Judge(script: "validate-alerts.py", library: "jsonschema")
    static let webhooks = Judge(script: "verify-webhook.py", library: "standardwebhooks")

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// Whether its library is there.
    var isPresent: Bool { run(["-c", "import \(library)"], input: "").end == .exited(code: 0) }

    /// The lines that it says of `input`.
    func verdicts(_ arguments: [String] = [], on input: String) -> [String] {
        let path = Self.folder.appending(path: script).path
        let outcome = run([path] + arguments, input: input)
        let lines = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n").map(String.init)
        return outcome.end == .exited(code: 0) ? lines : lines + ["\(outcome.end)"]
    }

    private func run(_ arguments: [String], input: String) -> CommandRun.Outcome {
        let environment = ProcessInfo.processInfo.environment
        return CommandRun(
            command: ["/usr/bin/env", environment["NEWSWATCH_PYTHON"] ?? "python3"] + arguments,
            environment: environment.map { "\($0.key)=\($0.value)" }, input: Array(input.utf8),
            timeout: .seconds(50), grace: .seconds(1), maxErrorBytes: 1 << 20
        ).run()
    }
}

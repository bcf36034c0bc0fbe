import Foundation
import Glibc

/// A child process by posix_spawn(3). Foundation's `Process` was seen to crash when suites start several at once.
///
/// Owned by one test.
final class SpawnedProcess {
    /// The system's refusal.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let processID: pid_t
    private var status: Int32?

    /// Starts `executable`, found on PATH when it holds no slash; both outputs go to files that exist already.
    /// It reads `input`, nothing when there is none.
    init(
        _ executable: String, name: String? = nil, arguments: [String], environment: [String: String],
        input: URL? = nil, output: URL, errors: URL
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input?.path ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_APPEND, 0)
        if errors == output {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, errors.path, O_WRONLY | O_APPEND, 0)
        }
        let merged = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        var words: [UnsafeMutablePointer<CChar>?] =
            ([name ?? executable] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = merged.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var child: pid_t = 0
        let code = posix_spawnp(&child, executable, &actions, nil, &words, &variables)
        guard code == 0 else {
            throw Failure(description: "\(executable): \(String(cString: strerror(code)))")
        }
        processID = child
    }

    var isRunning: Bool {
        if status != nil { return false }
        var found: Int32 = 0
        guard waitpid(processID, &found, WNOHANG) == processID else { return true }
        status = found
        return false
    }

    /// The exit code, or the number of the signal that ended it; nil while it runs.
    var exitCode: Int32? {
        isRunning ? nil : status.map { $0 & 0x7F == 0 ? ($0 >> 8) & 0xFF : $0 & 0x7F }
    }

    func send(signal: Int32) {
        if isRunning { kill(processID, signal) }
    }
}

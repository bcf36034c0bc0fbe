import CPlatform
import Glibc

/// One run of a program, from its start until nothing of it is left but what it wanted to outlive it.
///
/// Blocks the calling thread; looks several times a second whether its task was cancelled.
struct CommandRun {
    /// How it ended.
    enum End: Equatable {
        case exited(code: Int32)
        case killed(signal: Int32)
        /// It was stopped after the time limit.
        case outOfTime
        /// It was stopped because nobody waits for it any more.
        case cancelled
        /// The system's reason why there is no process.
        case notStarted(reason: String)
    }

    /// How it ended, and the beginning of what it said on standard error.
    struct Outcome: Equatable {
        var end: End
        var errors: [UInt8]
    }

    /// How often a waiting run looks at the clock and at its task.
    private static let patienceMilliseconds: Int32 = 50
    /// Read from standard error at once; what is beyond `maxErrorBytes` is dropped, so that a program that says
    /// much does not wait for a reader.
    private static let pieceBytes = 64 << 10

    /// The program's path, then its arguments.
    var command: [String]
    /// All of the program's environment, `NAME=value`.
    var environment: [String]
    /// What it reads on standard input. It is a file without a name: nobody waits for a program that does not read.
    var input: [UInt8]
    /// Until it is told to end.
    var timeout: Duration
    /// Between SIGTERM and SIGKILL.
    var grace: Duration
    /// How much of standard error is kept.
    var maxErrorBytes: Int

    /// Runs it. A child of the program that goes on after it is left alone, unless the program had to be stopped.
    func run() -> Outcome {
        let file = input.withUnsafeBytes { cplatform_memory_file($0.baseAddress, $0.count) }
        guard file >= 0 else { return notStarted(-file) }
        defer { close(file) }
        var (reading, writing): (Int32, Int32) = (-1, -1)
        let code = cplatform_pipe(&reading, &writing)
        guard code == 0 else { return notStarted(-code) }
        defer { close(reading) }
        let process = spawn(input: file, errors: writing)
        close(writing)
        guard process > 0 else { return notStarted(-process) }
        let ending = cplatform_process_descriptor(process)
        guard ending >= 0 else {
            kill(-process, SIGKILL)
            _ = cplatform_reap(process)
            return notStarted(-ending)
        }
        defer { close(ending) }
        return supervise(process, errors: reading, ending: ending)
    }

    private func notStarted(_ code: Int32) -> Outcome {
        Outcome(end: .notStarted(reason: String(cString: strerror(code))), errors: [])
    }

    private func spawn(input: Int32, errors: Int32) -> Int32 {
        let arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        return cplatform_spawn(command.first ?? "", arguments, variables, input, errors)
    }

    private func supervise(_ process: Int32, errors: Int32, ending: Int32) -> Outcome {
        let clock = ContinuousClock()
        var deadline = clock.now + timeout
        var stopped: End?
        var said: [UInt8] = []
        var isListening = true
        while !wait(ending: ending, errors: isListening ? errors : -1) {
            if isListening { isListening = collect(errors, &said) }
            if stopped == nil, Task.isCancelled || clock.now >= deadline {
                stopped = Task.isCancelled ? .cancelled : .outOfTime
                kill(-process, SIGTERM)
                deadline = clock.now + grace
            } else if stopped != nil, clock.now >= deadline {
                kill(-process, SIGKILL)
            }
        }
        if isListening { _ = collect(errors, &said) }
        // Not yet reaped, the process still keeps the number of its group from anybody else.
        if stopped != nil { kill(-process, SIGKILL) }
        let code = cplatform_reap(process)
        let end: End = code < 256 ? .exited(code: code) : .killed(signal: code - 256)
        return Outcome(end: stopped ?? end, errors: said)
    }

    /// Whether the process has ended; returns early when it has said something.
    private func wait(ending: Int32, errors: Int32) -> Bool {
        var polled = [
            pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        return poll(&polled, 2, Self.patienceMilliseconds) > 0 && polled[0].revents != 0
    }

    /// Takes what is there; false when there will be nothing more.
    private func collect(_ descriptor: Int32, _ said: inout [UInt8]) -> Bool {
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        let count = read(descriptor, &piece, piece.count)
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        said += piece.prefix(min(count, maxErrorBytes - said.count))
        return true
    }
}

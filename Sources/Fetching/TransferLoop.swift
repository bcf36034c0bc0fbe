internal import CCurl
import Glibc
import Synchronization

/// The one thread that owns the multi handle. Sendable is unchecked because everything but the inbox is
/// touched by that thread alone.
final class TransferLoop: @unchecked Sendable {
    enum Command {
        case start(TransferJob)
        case cancel(TransferJob)
        case resume(TransferJob)
    }

    private struct Inbox {
        var commands: [Command] = []
        var isStopping = false
        var isClosed = false
        var mourners: [CheckedContinuation<Void, Never>] = []
    }

    /// Idle handles kept for the next transfer; each holds a few KiB.
    private static let maxIdle = 64
    /// Connections kept for requests that want that.
    private static let maxConnections = 64
    /// libcurl is told to wait this long at most; its own timers and the wake-up end the wait.
    private static let longestWait: Int32 = 60_000

    private let inbox = Mutex(Inbox())
    private let multi: UnsafeMutableRawPointer
    private var active: [UnsafeMutableRawPointer: TransferJob] = [:]
    private var handles: [ObjectIdentifier: UnsafeMutableRawPointer] = [:]
    private var idle: [UnsafeMutableRawPointer] = []

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_SSL | CURL_GLOBAL_WIN32)) == CURLE_OK

    init() throws(TransferError) {
        guard Self.isReady, let multi = curl_multi_init() else {
            throw TransferError(.other, "libcurl", "cannot be started")
        }
        self.multi = multi
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.maxConnections)
    }

    /// Starts the thread, which keeps the loop alive until it is told to stop.
    func start() throws(TransferError) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(&thread, nil, runTransferLoop, context.toOpaque())
        guard code == 0 else {
            context.release()
            inbox.withLock { $0.isStopping = true }
            curl_multi_cleanup(multi)
            throw TransferError(
                .other, "network thread", "cannot be started (\(String(cString: strerror(code))))")
        }
        pthread_detach(thread)
    }

    // MARK: From any thread

    /// Leaves a command for the thread; false when the loop is stopping.
    func send(_ command: Command) -> Bool {
        inbox.withLock { inbox in
            if inbox.isStopping { return false }
            inbox.commands.append(command)
            // Under the lock: the thread frees the handle only after it has closed the inbox.
            if inbox.commands.count == 1 { _ = curl_multi_wakeup(multi) }
            return true
        }
    }

    /// Ends every transfer and the thread.
    func stop() {
        inbox.withLock { inbox in
            if inbox.isStopping { return }
            inbox.isStopping = true
            _ = curl_multi_wakeup(multi)
        }
    }

    /// Returns when the thread has let go of everything.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = inbox.withLock { inbox in
                if !inbox.isClosed { inbox.mourners.append(continuation) }
                return inbox.isClosed
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: On the thread

    fileprivate func run() {
        while true {
            let (commands, isStopping) = inbox.withLock { inbox in
                let commands = inbox.commands
                inbox.commands = []
                return (commands, inbox.isStopping)
            }
            for command in commands { obey(command) }
            if isStopping { break }
            var running: Int32 = 0
            let code = curl_multi_perform(multi, &running)
            assert(code == CURLM_OK, "curl_multi_perform: \(String(cString: curl_multi_strerror(code)))")
            collect()
            handOn()
            _ = curl_multi_poll(multi, nil, 0, Self.longestWait, nil)
        }
        close()
    }

    private func obey(_ command: Command) {
        switch command {
        case .start(let job):
            start(job)
        case .cancel(let job):
            let reason = TransferError(.cancelled, job.url.publicText, "cancelled")
            if let easy = handles[ObjectIdentifier(job)] { end(easy, nil, reason) }
        case .resume(let job):
            guard let easy = handles[ObjectIdentifier(job)], job.resume() else { return }
            let code = curl_easy_pause(easy, CURLPAUSE_CONT)
            if code != CURLE_OK { end(easy, code) }
        }
    }

    private func start(_ job: TransferJob) {
        let subject = job.url.publicText
        if job.isCancelled.load(ordering: .acquiring) {
            return job.finish(nil, TransferError(.cancelled, subject, "cancelled"))
        }
        guard let easy = idle.popLast() ?? curl_easy_init() else {
            return job.finish(nil, TransferError(.other, subject, "libcurl has no memory for it"))
        }
        if let wrong = job.configure(easy) {
            curl_easy_cleanup(easy)
            return job.finish(nil, wrong)
        }
        active[easy] = job
        handles[ObjectIdentifier(job)] = easy
        let code = curl_multi_add_handle(multi, easy)
        if code != CURLM_OK {
            end(easy, nil, TransferError(.other, subject, String(cString: curl_multi_strerror(code))))
        }
    }

    private func collect() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else {
                continue
            }
            end(easy, ccurl_message_result(message))
        }
    }

    private func handOn() {
        for job in active.values where job.hasPending { job.handOn() }
    }

    private func end(_ easy: UnsafeMutableRawPointer, _ code: CURLcode?, _ reason: TransferError? = nil) {
        curl_multi_remove_handle(multi, easy)
        guard let job = active.removeValue(forKey: easy) else { return }
        handles[ObjectIdentifier(job)] = nil
        job.finish(code, reason)
        if idle.count < Self.maxIdle, reason == nil {
            curl_easy_reset(easy)
            idle.append(easy)
        } else {
            curl_easy_cleanup(easy)
        }
    }

    private func close() {
        for (easy, job) in active {
            end(easy, nil, TransferError(.shutDown, job.url.publicText, "newswatch is stopping"))
        }
        for easy in idle { curl_easy_cleanup(easy) }
        idle = []
        let (late, mourners) = inbox.withLock { inbox in
            inbox.isClosed = true
            let rest = (inbox.commands, inbox.mourners)
            inbox.commands = []
            inbox.mourners = []
            return rest
        }
        for case .start(let job) in late {
            job.finish(nil, TransferError(.shutDown, job.url.publicText, "newswatch is stopping"))
        }
        curl_multi_cleanup(multi)
        for mourner in mourners { mourner.resume() }
    }
}

private func runTransferLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    // Signals belong to the threads that wait for them.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, nil)
    Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
    return nil
}

import Dispatch

/// Runs the polls' tasks beside the shared pool. Reading and fingerprinting a long document takes its thread for a
/// good part of a second; on a machine with two cores two such documents would hold all of the pool, and whoever
/// asks the daemon for its status would wait for them.
final class IntakeExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "newswatch.intake", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

import Dispatch

/// Runs an actor on a queue of its own: calls that block, such as fsync(2) or a write to a reader that
/// stalls, then hold no thread of the shared pool.
package final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// A queue that debuggers show as `label`.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}

/// Carries out HTTP requests on one thread of its own. Follows no redirect, keeps no cookie, reads no
/// environment. Any number of tasks may use one at the same time.
package final class HTTPTransfer: Sendable {
    private let loop: TransferLoop

    /// Starts the thread. Throws only when the system has none left.
    package init() throws(TransferError) {
        loop = try TransferLoop()
        try loop.start()
    }

    deinit {
        loop.stop()
    }

    /// Carries out `request`. With `onChunk` the decoded body is handed on in chunks of at most 64 KiB, in
    /// order, each after the last call has returned; the transfer pauses meanwhile, so that no more than a few
    /// chunks wait. `onHead` is called before the first chunk with status and headers.
    ///
    /// Throws when there is no answer at all. One that was cut short is returned, with `isComplete` false and
    /// the reason in `failure`. Cancelling the task aborts the transfer.
    package func perform(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPResponse) async -> Void)? = nil,
        onChunk: (@Sendable ([UInt8]) async -> Void)? = nil
    ) async throws(TransferError) -> HTTPResponse {
        let job = try TransferJob(request, isStreaming: onHead != nil || onChunk != nil)
        guard !Task.isCancelled else { throw TransferError(.cancelled, job.url.publicText, "cancelled") }
        guard loop.send(.start(job)) else {
            throw TransferError(.shutDown, job.url.publicText, "newswatch is stopping")
        }
        let loop = loop
        let result = await withTaskCancellationHandler {
            while true {
                switch await job.queue.next(onRoom: { _ = loop.send(.resume(job)) }) {
                case .head(let head): await onHead?(head)
                case .chunk(let bytes): await onChunk?(bytes)
                case .end(let result): return result
                }
            }
        } onCancel: {
            job.isCancelled.store(true, ordering: .releasing)
            _ = loop.send(.cancel(job))
        }
        return try result.get()
    }

    /// Ends every transfer in flight with ``TransferError/Code/shutDown`` and returns when the thread has ended
    /// and every connection is closed. May be called more than once.
    package func shutdown() async {
        loop.stop()
        await loop.ended()
    }
}

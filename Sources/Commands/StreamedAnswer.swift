import Fetching

/// Sorts what comes as the answer to one request: the body of a good answer goes on, that of a refusal is kept.
actor StreamedAnswer {
    /// A problem document has some hundred bytes.
    private static let maximumRefusalBytes = 64 * 1024

    /// The body of a refusal.
    private(set) var refusal: [UInt8] = []
    /// Why what came could not be dealt with.
    private(set) var error: (any Error)?
    private var status = 0
    private let consume: @Sendable ([UInt8]) async throws -> Void

    init(_ consume: @escaping @Sendable ([UInt8]) async throws -> Void) {
        self.consume = consume
    }

    static func isFine(_ status: Int) -> Bool { (200..<300).contains(status) }

    /// Carries out the request; ends it early when something cannot be dealt with.
    nonisolated func receive(
        _ request: HTTPRequest, over transfer: HTTPTransfer
    ) async throws(TransferError) -> HTTPResponse {
        // A task of its own, because ending the transfer early means cancelling the task that performs it.
        let task = Task {
            await Result { () async throws(TransferError) in
                try await transfer.perform(
                    request, onHead: { await self.begin($0.status) },
                    onChunk: { bytes in
                        if await !self.take(bytes) { withUnsafeCurrentTask { $0?.cancel() } }
                    })
            }
        }
        return try await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }.get()
    }

    private func begin(_ status: Int) {
        self.status = status
    }

    private func take(_ bytes: [UInt8]) async -> Bool {
        guard Self.isFine(status) else {
            refusal += bytes.prefix(Self.maximumRefusalBytes - refusal.count)
            return true
        }
        guard error == nil else { return false }
        do {
            try await consume(bytes)
            return true
        } catch {
            self.error = error
            return false
        }
    }
}

extension Result {
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}

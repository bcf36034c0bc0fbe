import Synchronization

/// Hashes a document while its chunks go by, and keeps other bodies from being taken for one.
final class DocumentReading: Sendable {
    private let state = Mutex<BodyHash?>(nil)

    /// Notes an answer's status; true if its body is a document.
    @discardableResult
    func begin(status: Int) -> Bool {
        guard status == 200 || status == 203 else { return false }
        state.withLock { $0 = BodyHash() }
        return true
    }

    /// Notes a chunk; true if it belongs to a document.
    @discardableResult
    func take(_ bytes: [UInt8]) -> Bool {
        state.withLock { hash in
            hash?.update(bytes)
            return hash != nil
        }
    }

    /// Of the document so far; nil if there is none.
    var hash: UInt64? { state.withLock { $0?.value } }
}

import ControlProtocol
import Synchronization

/// Work that one client at a time may ask for.
final class ExclusiveTurn: Sendable {
    /// The right to do it, given back by ``end()`` or with its last reference.
    final class Token: Sendable {
        private let turn: Mutex<ExclusiveTurn?>

        fileprivate init(_ turn: ExclusiveTurn) {
            self.turn = Mutex(turn)
        }

        /// Gives the turn back; further calls do nothing.
        func end() {
            let turn = turn.withLock { turn in
                defer { turn = nil }
                return turn
            }
            turn?.isTaken.withLock { $0 = false }
        }

        deinit { end() }
    }

    private let isTaken = Mutex(false)
    private let refusal: String

    /// `refusal` is what the second client is told.
    init(refusal: String) {
        self.refusal = refusal
    }

    /// Begins the work. Throws `conflict` while somebody else does it.
    func take() throws(ControlFailure) -> Token {
        let isFree = isTaken.withLock { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
        guard isFree else { throw .conflict(refusal) }
        return Token(self)
    }
}

import ControlProtocol
import Testing

@testable import Daemon

@Suite struct ExclusiveTurnTests {
    @Test func theSecondIsRefusedUntilTheFirstHasEnded() throws {
        let turn = ExclusiveTurn(refusal: "wait")
        let first = try turn.take()
        #expect(throws: ControlFailure.conflict("wait")) { _ = try turn.take() }
        first.end()
        let second = try turn.take()
        // Ending twice takes nothing from the one who came after.
        first.end()
        #expect(throws: ControlFailure.conflict("wait")) { _ = try turn.take() }
        second.end()
    }

    @Test func aTurnThatIsForgottenIsOver() throws {
        let turn = ExclusiveTurn(refusal: "wait")
        do { _ = try turn.take() }
        _ = try turn.take()
    }
}

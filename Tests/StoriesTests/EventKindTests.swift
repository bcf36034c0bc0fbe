import Testing

@testable import Stories

@Suite struct EventKindTests {
    @Test(arguments: EventKind.allCases)
    func kinshipIsMutualAndNeverWithItself(kind: EventKind) {
        #expect(!kind.isKin(to: kind))
        for other in EventKind.allCases { #expect(kind.isKin(to: other) == other.isKin(to: kind)) }
    }

    @Test func whatMayTellOfOneHappeningIsKin() {
        #expect(EventKind.attack.isKin(to: .death))
        #expect(EventKind.hiring.isKin(to: .appointment))
        #expect(!EventKind.talks.isKin(to: .agreement))
    }

    @Test func aClaimAndItsDenialAreNotKin() {
        let told = Claim.shape(of: .hiring)
        #expect(Claim.isKin(told, Claim.shape(of: .appointment)))
        #expect(!Claim.isKin(told, Claim.shape(of: .appointment) | 1))
    }

    @Test func storedPlacesOfKindsStayWhereTheyWere() {
        #expect(EventKind.removal.ordinal == 0)
        #expect(EventKind.birth.ordinal == 73)
        #expect(EventKind.allCases.last == .welcome)
    }
}

import Testing

@testable import Shingling

@Suite struct MinHashSignatureTests {
    /// Two sets of `size` units with a known Jaccard similarity.
    private func pair(size: Int, shared: Int, seed: UInt64) -> (ShingleSet, ShingleSet) {
        var random = SplitMix(state: seed)
        let common = (0..<shared).map { _ in random.next() }
        let rest = size - shared
        return (
            ShingleSet(units: common + (0..<rest).map { _ in random.next() }, width: 1),
            ShingleSet(units: common + (0..<rest).map { _ in random.next() }, width: 1)
        )
    }

    @Test(arguments: [(8, 4), (40, 20), (200, 50), (1500, 1000)])
    func agreementEstimatesJaccard(_ size: Int, _ shared: Int) {
        var error = 0.0
        for seed in 0..<100 as Range<UInt64> {
            let (a, b) = pair(size: size, shared: shared, seed: seed)
            error += MinHashSignature(a).agreement(with: MinHashSignature(b)) - a.jaccard(with: b)
        }
        #expect(abs(error / 100) < 0.02)
    }

    @Test func signaturesSurviveStorage() {
        let (a, _) = pair(size: 10, shared: 5, seed: 1)
        let signature = MinHashSignature(a)
        #expect(MinHashSignature(values: signature.values) == signature)
        #expect(MinHashSignature(values: [1, 2, 3]) == nil)
    }

    /// Stored signatures must stay comparable: a change here needs a new `version`.
    @Test func signatureIsTheSameOnEveryMachine() {
        let signature = MinHashSignature(ShingleSet(units: [1, 2, 3, 4, 5]))
        #expect(MinHashSignature.version == 1)
        #expect(signature.values.prefix(4) == [352_785_252, 3_322_755_492, 2_202_775_857, 1_845_974_367])
    }
}

/// Seeded random numbers.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Mixing.finish(state)
    }
}

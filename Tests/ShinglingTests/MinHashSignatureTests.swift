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

    /// Without bias, and as exact as independent permutations are, whatever the size of the set.
    @Test(arguments: [(8, 4), (40, 20), (200, 50), (1500, 1000)])
    func agreementEstimatesJaccard(_ size: Int, _ shared: Int) {
        let jaccard = Double(shared) / Double(2 * size - shared)
        var error = 0.0
        var square = 0.0
        for seed in 0..<400 as Range<UInt64> {
            let (a, b) = pair(size: size, shared: shared, seed: seed)
            let difference = MinHashSignature(a).agreement(with: MinHashSignature(b)) - jaccard
            error += difference
            square += difference * difference
        }
        #expect(abs(error / 400) < 0.01)
        let variance = jaccard * (1 - jaccard) / Double(MinHashSignature.count)
        #expect(square / 400 < 1.2 * variance)
    }

    @Test(arguments: [1, 2, 3, 500]) func setsOfAnySizeFillEveryValue(_ size: Int) {
        var random = SplitMix(state: 21)
        let signature = MinHashSignature(ShingleSet(units: (0..<size).map { _ in random.next() }, width: 1))
        #expect(!signature.values.contains(.max))
        #expect(Set(signature.values).count == MinHashSignature.count)
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
        #expect(MinHashSignature.version == 2)
        #expect(signature.values.prefix(4) == [24_002_342, 50_933_218, 45_938_230, 118_698_606])
    }
}

/// Seeded random numbers.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

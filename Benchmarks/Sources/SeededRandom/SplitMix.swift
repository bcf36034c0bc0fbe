import Glibc

/// Seeded random numbers: the same ones in every run.
package struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    package init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// 0 ≤ x < 1.
    package mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }

    /// A place below `count` with a frequency of 1 ÷ (place + 1): every factor of the rank is as likely as another.
    package mutating func place(below count: Int) -> Int {
        max(0, min(count, Int(exp(share() * log(Double(count))))) - 1)
    }
}

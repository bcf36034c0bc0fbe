/// Fixed hash functions: the same on every run and machine, unlike Swift's `Hasher`.
enum Mixing {
    /// Spreads a value over all 64 bits (the finalizer "Mix13" of D. Stafford that SplitMix64 uses).
    @inline(__always)
    static func finish(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

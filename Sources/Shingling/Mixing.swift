/// Fixed hash functions: the same on every run and machine, unlike Swift's `Hasher`.
enum Mixing {
    /// Odd numbers of no further meaning: digits of the golden ratio, and the constants of wyhash and of MurmurHash3.
    static let multipliers: (UInt64, UInt64, UInt64) = (
        0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F, 0xFF51_AFD7_ED55_8CCD
    )

    /// Both halves of the product with `multiplier` (as wyhash does it): spreads a value over all 64 bits with one
    /// multiplication, if the multiplier has high bits set.
    @inline(__always)
    static func fold(_ value: UInt64, _ multiplier: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }
}

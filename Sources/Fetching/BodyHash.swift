/// A fixed 64-bit hash of a body, the same in every process and however it is cut into chunks. It tells an
/// unchanged document, nothing more: it does not withstand somebody who wants two documents to look equal.
package struct BodyHash: Sendable {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var word: UInt64 = 0
    private var count: UInt64 = 0

    /// Of no bytes yet.
    package init() {}

    /// Takes the next bytes. Whole words of 8 are mixed at once, which is what makes it cheap.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var index = 0
            while index < bytes.count, count & 7 != 0 { push(bytes[index], &index) }
            while index + 8 <= bytes.count {
                mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
                index += 8
                count &+= 8
            }
            while index < bytes.count { push(bytes[index], &index) }
        }
    }

    /// The hash of everything so far.
    package var value: UInt64 {
        var copy = self
        copy.mix(word)
        copy.mix(count)
        var hash = copy.state
        hash ^= hash >> 33
        hash &*= 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 33
        return hash
    }

    private mutating func push(_ byte: UInt8, _ index: inout Int) {
        word |= UInt64(byte) << ((count & 7) * 8)
        index += 1
        count &+= 1
        if count & 7 == 0 {
            mix(word)
            word = 0
        }
    }

    /// Constants of xxHash64's round.
    private mutating func mix(_ word: UInt64) {
        let mixed = state ^ (word &* 0x9E37_79B1_85EB_CA87)
        state = ((mixed << 31) | (mixed >> 33)) &* 0xC2B2_AE3D_27D4_EB4F &+ 0x1656_67B1_9E37_79F9
    }
}

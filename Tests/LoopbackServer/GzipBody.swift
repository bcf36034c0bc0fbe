/// Gzip streams made by hand (RFC 1951, RFC 1952), so that tests need no compressor.
package enum GzipBody {
    /// A stream that holds `bytes`, uncompressed.
    package static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream = header
        var offset = 0
        repeat {
            let block = Array(bytes[offset..<min(offset + 65_535, bytes.count)])
            offset += block.count
            let length = UInt16(block.count)
            stream.append(offset == bytes.count ? 1 : 0)
            stream += little(UInt32(length), 2) + little(UInt32(~length), 2) + block
        } while offset < bytes.count
        var crc = CRC32()
        crc.update(bytes)
        return stream + little(crc.value, 4) + little(UInt32(truncatingIfNeeded: bytes.count), 4)
    }

    /// A stream of about `decodedBytes` zero bytes in a hundred and sixtieth of their room: one literal, then
    /// copies of 258 bytes from one byte back, in one block with fixed codes.
    package static func bomb(decodedBytes: Int) -> [UInt8] {
        let copies = max(decodedBytes / 258, 1)
        var bits = Bits()
        bits.put(1, 1)
        bits.put(1, 2)
        bits.putCode(0x30, 8)  // literal 0
        for _ in 0..<copies {
            bits.putCode(0b1100_0101, 8)  // length 258
            bits.putCode(0, 5)  // distance 1
        }
        bits.putCode(0, 7)  // end of block
        let count = 1 + copies * 258
        var crc = CRC32()
        crc.updateZeros(count)
        return header + bits.bytes() + little(crc.value, 4) + little(UInt32(truncatingIfNeeded: count), 4)
    }

    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    private static func little(_ value: UInt32, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }

    private struct Bits {
        private var done: [UInt8] = []
        private var held: UInt32 = 0
        private var count: UInt32 = 0

        mutating func put(_ value: UInt32, _ bits: UInt32) {
            held |= value << count
            count += bits
            while count >= 8 {
                done.append(UInt8(truncatingIfNeeded: held))
                held >>= 8
                count -= 8
            }
        }

        /// Huffman codes go most significant bit first.
        mutating func putCode(_ code: UInt32, _ bits: UInt32) {
            for bit in (0..<bits).reversed() { put((code >> bit) & 1, 1) }
        }

        func bytes() -> [UInt8] { count == 0 ? done : done + [UInt8(truncatingIfNeeded: held)] }
    }

    private struct CRC32 {
        private static let table: [UInt32] = (0..<256).map { index in
            (0..<8).reduce(UInt32(index)) { value, _ in
                value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
            }
        }
        private var state: UInt32 = 0xFFFF_FFFF

        mutating func update(_ bytes: [UInt8]) {
            for byte in bytes { step(byte) }
        }

        mutating func updateZeros(_ count: Int) {
            for _ in 0..<count { step(0) }
        }

        private mutating func step(_ byte: UInt8) {
            state = Self.table[Int((state ^ UInt32(byte)) & 0xFF)] ^ (state >> 8)
        }

        var value: UInt32 { ~state }
    }
}

/// Hash of what an entry says, for telling a revision from a repetition.
package enum ContentHash {
    /// FNV-1a (64 bit) over the words of title and text, ASCII letters lowered and white space folded.
    package static func hash(title: String, text: String) -> UInt64 {
        var state: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) {
            state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        for part in [title, text] {
            var pendingSpace = false
            var isEmpty = true
            for byte in part.utf8 {
                switch byte {
                case 0x09, 0x0A, 0x0D, 0x20: pendingSpace = !isEmpty
                default:
                    if pendingSpace { add(0x20) }
                    pendingSpace = false
                    isEmpty = false
                    add(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
                }
            }
            add(0x0A)
        }
        return state
    }
}

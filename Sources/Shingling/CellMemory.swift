import Glibc

/// Memory for tables of cells, all zero at first.
///
/// Large tables are mapped one by one: freed ones of a heap would leave holes in which the next, larger, table has no
/// room. They ask for huge pages, since a search in 128 tables touches as many pages.
enum CellMemory {
    private static let leastMapped = 256 << 10

    static func allocate(_ count: Int) -> UnsafeMutableBufferPointer<UInt64> {
        let bytes = count * MemoryLayout<UInt64>.stride
        guard bytes >= leastMapped else {
            let cells = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: count)
            cells.initialize(repeating: 0)
            return cells
        }
        let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory, memory != MAP_FAILED else {
            fatalError("no memory for the copy index: \(bytes) bytes")
        }
        // Advice only: without huge pages it is slower.
        _ = madvise(memory, bytes, MADV_HUGEPAGE)
        return UnsafeMutableBufferPointer(
            start: memory.bindMemory(to: UInt64.self, capacity: count), count: count)
    }

    /// `cells` as `allocate` returned it.
    static func deallocate(_ cells: UnsafeMutableBufferPointer<UInt64>) {
        let bytes = cells.count * MemoryLayout<UInt64>.stride
        if bytes >= leastMapped { munmap(cells.baseAddress, bytes) } else { cells.deallocate() }
    }
}

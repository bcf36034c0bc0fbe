/// The bands of a copy index and their memory.
///
/// `@unchecked Sendable` holds because a `CopyIndex` writes only to tables of which it is the only owner, and copies
/// them before that otherwise.
final class CopyTables: @unchecked Sendable {
    let bands: UnsafeMutableBufferPointer<CopyBand>

    /// Empty bands that grow at different times, with room for `capacity` documents.
    init(count: Int, capacity: Int) {
        bands = .allocate(capacity: count)
        for band in 0..<count {
            bands.initializeElement(
                at: band, to: CopyBand(capacity: capacity, phase: Double(band) / Double(count)))
        }
    }

    /// Bands with the same contents.
    init(copying other: CopyTables) {
        bands = .allocate(capacity: other.bands.count)
        for band in 0..<bands.count {
            bands.initializeElement(at: band, to: CopyBand(copying: other.bands[band]))
        }
    }

    deinit {
        for band in bands { band.deallocate() }
        bands.deallocate()
    }
}

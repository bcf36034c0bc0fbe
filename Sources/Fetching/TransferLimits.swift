/// What a transfer may cost. Each limit is struck by the transfer, never by the memory that is left.
package struct TransferLimits: Sendable, Equatable {
    /// Bytes of the body after decoding, so that a compressed bomb is stopped. 16 MiB.
    package var maxBodyBytes: Int = 16 << 20
    /// Bytes of all header and trailer lines together. 64 KiB.
    package var maxHeaderBytes: Int = 64 << 10
    /// Until the connection stands, TLS included. 10 s.
    package var connect: Duration = .seconds(10)
    /// For everything, waiting for a slow consumer included. 60 s.
    package var total: Duration = .seconds(60)
    /// Waives ``total``, for a stream that goes on until somebody ends it; ``stallTime`` still holds.
    package var isEndless = false
    /// Fewer bytes a second than this for ``stallTime`` end the transfer; 0 switches that off. 100.
    package var stallBytesPerSecond: Int = 100
    /// Whole seconds, at least one. 20 s.
    package var stallTime: Duration = .seconds(20)

    /// The defaults above.
    package static let standard = TransferLimits()

    /// The defaults above.
    package init() {}
}

/// An answer that is made while it is sent, at the pace of its reader.
///
/// `next` is called by one task at a time. An answer that ends with an error is cut, which HTTP tells the client.
package protocol ControlStream: Sendable {
    /// What the body is, for example ``ControlProtocol/MediaType/jsonLines``.
    var mediaType: String { get }
    /// Bytes of the whole body, where that is known before.
    var length: Int? { get }
    /// The next bytes; nil at the end.
    func next() async throws -> [UInt8]?
    /// Nobody reads any more, or the daemon stops: a `next` that waits returns soon, what was held is let go. May
    /// be called at any time, from any task, more than once.
    func stop()
}

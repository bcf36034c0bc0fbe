import NIOCore
import NIOHTTPTypes

/// Closes a connection whose client is too slow: one that sends a request drop by drop, which the idle time of
/// the server library does not see, and one that does not read what it asked for.
///
/// One for each connection, on its event loop.
final class ConnectionDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let request: TimeAmount
    private let stall: TimeAmount
    private var requestEnd: Scheduled<Void>?
    private var stallCheck: Scheduled<Void>?

    /// - Parameters:
    ///   - request: from the headers of a request to the end of its body.
    ///   - stall: how long a client may take nothing of an answer while more of it waits.
    init(request: TimeAmount, stall: TimeAmount) {
        self.request = request
        self.stall = stall
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            requestEnd?.cancel()
            requestEnd = close(context.channel, in: request)
        case .body: break
        case .end:
            requestEnd?.cancel()
            requestEnd = nil
        }
        context.fireChannelRead(data)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // Writable again means that most of what waited has been taken. Streams come in pieces of about as much
        // as the channel holds, so a client that reads at all gets there in time; a document is one piece.
        stallCheck?.cancel()
        stallCheck = context.channel.isWritable ? nil : close(context.channel, in: stall)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The daemon stops. Answers in flight are finished, but nobody is waited for who does not take them.
        if event is ChannelShouldQuiesceEvent, !context.channel.isWritable { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancel()
    }

    private func cancel() {
        requestEnd?.cancel()
        stallCheck?.cancel()
        requestEnd = nil
        stallCheck = nil
    }

    private func close(_ channel: any Channel, in time: TimeAmount) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}

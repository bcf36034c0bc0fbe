import Settings
import Fetching
import Foundation
import Storage

/// Makes the request for a feed out of what the configuration says of it.
package struct FeedRequests: Sendable {
    /// A password file that cannot be read; told as the feed's failure, tried again with the next poll.
    package struct UnreadablePassword: Error, Sendable, CustomStringConvertible {
        package var description: String
    }

    package let fetcher: FeedFetcher
    private let allowNetworks: [String]
    private let proxy: String?

    /// Requests through `fetcher`, within `allowNetworks`.
    package init(fetcher: FeedFetcher, configuration: NewswatchConfiguration) {
        self.fetcher = fetcher
        allowNetworks = configuration.allowNetworks
        proxy = configuration.proxy
    }

    /// The next request for `feed`, conditional where there are validators.
    func request(
        for feed: ConfiguredFeed, movedTo: String?, validators: StoredValidators?, keepsConnection: Bool
    ) throws(UnreadablePassword) -> FeedRequest {
        var request = FeedRequest(url: feed.url, validators: validators.map(Validators.init))
        request.movedTo = movedTo
        request.headers = feed.headers.map { (name: $0.name, value: $0.value) }
        if let credentials = feed.credentials {
            let pair = try "\(credentials.user):\(password(in: credentials.passwordFile))"
            request.headers.append(("Authorization", "Basic " + Data(pair.utf8).base64EncodedString()))
        }
        if let timeout = feed.timeout { request.limits.total = timeout }
        request.allowPrivate = feed.allowPrivate
        request.allowNetworks = allowNetworks
        request.proxy = proxy
        request.keepsConnection = keepsConnection
        return request
    }

    private func password(in file: String) throws(UnreadablePassword) -> String {
        do {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            return text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        } catch {
            throw UnreadablePassword(description: "password file \(file): \(error.localizedDescription)")
        }
    }
}

extension Validators {
    init(_ stored: StoredValidators) {
        self.init(etag: stored.etag, lastModified: stored.lastModified, bodyHash: stored.bodyHash)
    }
}

extension StoredValidators {
    init(_ received: Validators) {
        self.init(etag: received.etag, lastModified: received.lastModified, bodyHash: received.bodyHash)
    }
}

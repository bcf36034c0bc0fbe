import ArgumentParser
import ControlProtocol
import Feeds
import Foundation
import Settings

/// The lists of feeds that a configuration names, to be read and changed.
struct FeedLists {
    /// What a running daemon needs after a change.
    static let reloadHint = "`newswatch ctl reload` lets a running daemon take it in"

    private let configurationPath: String
    private let console: Console

    /// The lists of the configuration that `option` names.
    init(_ option: ConfigurationOption, _ console: Console) {
        configurationPath = option.path(console.environment)
        self.console = console
    }

    /// The configuration, checked as the daemon checks it but for the lexicon. Throws a ``CommandFailure`` with every fault.
    func read(_ firstList: FirstFeedList = .file) throws(CommandFailure) -> NewswatchConfiguration {
        try ConfigurationCheck.loading { () throws(ConfigurationFaults) in
            try ConfigurationReader.read(
                path: configurationPath, program: console.executablePath, firstList: firstList,
                readsLexicon: false)
        }
    }

    /// The list that new feeds go to.
    func first(of configuration: NewswatchConfiguration) throws(CommandFailure) -> String {
        guard let first = configuration.feedLists.first else {
            throw CommandFailure(
                .configuration,
                "\(configurationPath) names no list of feeds: write opml = [\"feeds.opml\"] below [feeds]")
        }
        return first
    }

    /// Changes the list at `path`, the first one, under its lock. `change` gets what stands there now (nil: nothing
    /// yet) and the configuration with it, and returns what is to stand there; nil leaves the file alone.
    ///
    /// A list with which the configuration would be faulty is not written. Throws a ``CommandFailure``.
    func changeFirst(
        _ path: String, _ change: (OPMLDocument?, NewswatchConfiguration) throws -> OPMLDocument?
    ) throws {
        try self.change(path) { file in
            let bytes = try file.read(maximumBytes: TextFile.maxListBytes)
            let isBlank = bytes?.allSatisfy { $0 <= 0x20 } != false
            let document = try isBlank ? nil : bytes.map { try Self.document($0, path) }
            guard let new = try change(document, read(.fileIfAny)) else { return nil }
            _ = try read(.content(new.bytes))
            return new
        }
    }

    /// Removes feeds from the list at `path`, under its lock, and returns how many outlines that were. A list with
    /// fewer feeds makes no configuration faulty.
    func remove(
        from path: String, where isUnwanted: (OPML.Outline) -> Bool
    ) throws -> Int {
        var count = 0
        try change(path) { file in
            guard let bytes = try file.read(maximumBytes: TextFile.maxListBytes) else { return nil }
            var document = try Self.document(bytes, path)
            count = try Self.telling(path) { () throws(OPMLError) in
                try document.remove(where: isUnwanted).count
            }
            return count > 0 ? document : nil
        }
        return count
    }

    private func change(
        _ path: String, _ body: (ReplaceableFile) throws -> OPMLDocument?
    ) throws {
        let file = try ReplaceableFile(path)
        guard let new = try body(file) else { return }
        guard new.bytes.count <= TextFile.maxListBytes else {
            throw CommandFailure(
                .badData, "\(path): would be larger than \(TextFile.maxListBytes >> 20) MiB; not written")
        }
        try file.replace(with: new.bytes)
    }

    /// A list that can be changed. Throws a ``CommandFailure`` with the place where it cannot.
    static func document(_ bytes: [UInt8], _ path: String) throws(CommandFailure) -> OPMLDocument {
        try telling(path) { () throws(OPMLError) in try OPMLDocument(bytes) }
    }

    /// Runs `body`; what is wrong with the list becomes `FILE:LINE:COLUMN: what`.
    static func telling<Value>(
        _ path: String, _ body: () throws(OPMLError) -> Value
    ) throws(CommandFailure) -> Value {
        do {
            return try body()
        } catch {
            throw CommandFailure(.badData, lines: [PrintableText.line("\(path):\(error)")])
        }
    }
}

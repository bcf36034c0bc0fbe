import ArgumentParser
import Foundation

/// `newswatch generate-manual`, for `make build` and packagers: argument-parser's tool of this name is no product
/// that a package can depend on, and would build everything a second time.
struct ManualCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate-manual",
        abstract: "Writes newswatch.1 and newswatchd.8 into a folder.",
        discussion: """
            Example:
              newswatch generate-manual share/man
            """,
        shouldDisplay: false)

    @Argument(help: ArgumentHelp("An existing folder.", valueName: "folder"), completion: .directory)
    var folder: String

    func run() async throws {
        for page in [try ManualPage.command(), try ManualPage.daemon()] {
            let path = "\(folder)/\(page.fileName)"
            do {
                try Data(page.text.utf8).write(to: URL(fileURLWithPath: path))
            } catch {
                throw CommandFailure(
                    .inputOutput, "\(path): cannot be written: \(error.localizedDescription)")
            }
        }
    }
}

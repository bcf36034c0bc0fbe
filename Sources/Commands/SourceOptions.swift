import ArgumentParser

/// Where to read: from the running daemon, or from the database of a stopped one.
struct SourceOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Read this database, which no daemon may have in use.", valueName: "file"),
        completion: .file(extensions: ["db"]))
    var database: String?

    @OptionGroup var socket: SocketOption

    func validate() throws {
        if database != nil, socket.socket != nil {
            throw ValidationError("--database and --socket exclude each other.")
        }
    }
}

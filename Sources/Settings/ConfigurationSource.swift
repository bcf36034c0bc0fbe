/// Where a configuration comes from: read at start, and again whenever somebody asks for a reload.
package struct ConfigurationSource: Sendable {
    /// The main file, as the user named it.
    package let path: String
    private let program: String?

    /// The configuration at `path`. `program` is the running program's own path; a lexicon that the file does not
    /// name is searched near it too.
    package init(path: String, program: String? = LexiconLocator.program) {
        self.path = path
        self.program = program
    }

    /// The configuration as the files say now. Throws every fault of all of them. Reads files: some 20 ms.
    package func read() throws(ConfigurationFaults) -> NewswatchConfiguration {
        try ConfigurationReader.read(path: path, program: program)
    }
}

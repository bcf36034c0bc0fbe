/// Why a development that a sink is to be told of has not been told yet.
package enum Withholding: String, Sendable {
    /// Too few independent outlets report it.
    case corroboration
    /// The sink wants quiet.
    case quietHours = "quiet_hours"
    /// The sink has had as much as it wants for now.
    case rate
}

using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrmWeb.Data.Mappings;

/// <summary>Instants are UTC: a local time is a mistake and stops here; what comes back says that it is UTC.</summary>
internal sealed class UtcInstant() : ValueConverter<DateTime, DateTime>(
    instant => instant.Kind == DateTimeKind.Local ? Refuse(instant) : DateTime.SpecifyKind(instant, DateTimeKind.Utc),
    stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc))
{
    private static DateTime Refuse(DateTime local) => throw new ArgumentException($"An instant must be UTC, not {local.Kind}.", nameof(local));
}

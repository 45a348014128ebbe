using System.Text.Json;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.History;

/// <summary>
/// What changes of a login, told as a change of each member who signs in with it: a login is outside of the tenants, and their admins want to know. Of a
/// password only that it changed (K8).
/// </summary>
internal sealed class LoginTelling
{
    private static readonly (string Property, bool IsSecret)[] Told = [(nameof(AppUser.Email), false), (nameof(AppUser.PasswordHash), true), (nameof(AppUser.TwoFactorEnabled), false)];

    private readonly List<(long UserId, string Field, string? Old, string? New)> changes = [];

    public bool IsEmpty => changes.Count == 0;

    /// <summary>After changes were detected.</summary>
    public static LoginTelling Read(CrmDb db)
    {
        var telling = new LoginTelling();
        foreach (var entry in db.ChangeTracker.Entries<AppUser>().Where(entry => entry.State == EntityState.Modified))
        {
            foreach (var (name, isSecret) in Told)
            {
                var property = entry.Property(name);
                if (!property.IsModified || Equals(property.OriginalValue, property.CurrentValue)) continue;
                var (before, after) = isSecret ? (null, null) : (ChangeText.Of(property.OriginalValue), ChangeText.Of(property.CurrentValue));
                telling.changes.Add((entry.Entity.Id, JsonNamingPolicy.CamelCase.ConvertName(name), before, after));
            }
        }

        return telling;
    }

    /// <summary>In the transaction of the save.</summary>
    public async Task Write(CrmDb db, DateTime now, CancellationToken stop)
    {
        foreach (var (user, field, before, after) in changes) await ChangeWriting.InsertForMembers(db, user, field, before, after, now, stop);
    }
}

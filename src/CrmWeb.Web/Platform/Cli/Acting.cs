using CrmWeb.Data;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Platform.Cli;

/// <summary>Commands act as a member, with what the member may do and see.</summary>
public static class Acting
{
    /// <exception cref="RefusedException">There is no such member, or the member lacks the permission.</exception>
    public static async Task ActAs(this IServiceProvider services, string slug, string mail, string permission, CancellationToken stop)
    {
        var db = services.GetRequiredService<CrmDb>();
        var normal = mail.Trim().ToUpperInvariant();
        var userId = await db.Users.Where(user => user.NormalizedEmail == normal).Select(user => (long?)user.Id).SingleOrDefaultAsync(stop);
        var pass = userId is { } id ? await db.PassOf(slug, id, stop) : null;
        if (pass is null) throw new RefusedException($"{mail} is no member of {slug}.");
        if (!pass.Roles.Allow(permission)) throw new RefusedException($"{mail} may not do this in {slug}: it takes {permission}.");
        db.Current.Enter(pass);
        services.GetRequiredService<CurrentMember>().Enter(pass);
    }
}

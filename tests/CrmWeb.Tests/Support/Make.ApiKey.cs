using CrmWeb.Web.Features.Accounts;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>A program with a key of a member: everything the member may do, unless said.</summary>
    public static async Task<ApiProgram> Program(TestMember member, IEnumerable<string>? scopes = null, CrmHost? node = null)
    {
        var (_, secret) = await ApiKey(member, scopes);
        return new ApiProgram(node ?? member.Tenant.Host, secret);
    }

    /// <summary>A key in the database. Answers its id and its secret.</summary>
    public static Task<(long Id, string Secret)> ApiKey(TestMember member, IEnumerable<string>? scopes = null, int? days = null) => member.Tenant.Use(async db =>
    {
        var (key, secret) = ApiSecrets.Make(member.Id, $"Key {Number()}", scopes ?? ApiScopes.All, member.Tenant.Host.Clock.Now, days);
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync();
        return (key.Id, secret);
    });
}

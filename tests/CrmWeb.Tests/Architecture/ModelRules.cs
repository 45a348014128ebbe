using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CrmWeb.Tests.Architecture;

/// <summary>What every entity must have, on every engine; and that no model change waits for a migration.</summary>
public sealed class ModelRules
{
    /// <summary>Rows that belong to no tenant: tenants themselves, and logins, which stand above them.</summary>
    private static readonly string[] AboveTenants =
    [
        "Tenant", "AppUser", "Registration", "UserSession", "ProtectionKey", "OutgoingMail",
        "IdentityUserClaim`1", "IdentityUserLogin`1", "IdentityUserToken`1", "IdentityUserPasskey`1",
    ];

    /// <summary>Indexes that serve what is asked before a tenant is known.</summary>
    private static readonly string[] IndexesAboveTenants = ["IX_ApiKeys_Hash", "IX_Cases_NextDueAt", "IX_Cases_WarnAt", "IX_IdempotencyKeys_CreatedAt", "IX_Jobs_State_DueAt", "IX_Members_UserId", "IX_Notifications_At", "IX_Notifications_MailDueAt"];

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.PostgreSql, Provider.SqlServer];

    [Theory, MemberData(nameof(Providers))]
    public void Migrations_NoChangeIsPending(Provider provider)
    {
        using var db = DesignTime.Context(provider);
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Theory, MemberData(nameof(Providers))]
    public void T4_EveryEntity_IsOwnedByATenant(Provider provider)
    {
        using var db = DesignTime.Context(provider);
        foreach (var type in Types(db).Where(type => !AboveTenants.Contains(type.ClrType.Name, StringComparer.Ordinal)))
        {
            Assert.True(type.ClrType.IsAssignableTo(typeof(ITenantOwned)), $"{type.ShortName()} has no tenant");
            Assert.Contains(type.GetDeclaredQueryFilters(), filter => filter.Key == TenantScoping.TenantFilter);
            Assert.Contains(type.GetForeignKeys(), key => key.PrincipalEntityType.ClrType == typeof(Tenant));
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public void T4_EveryLinkBetweenTenantRows_IsComposite(Provider provider)
    {
        using var db = DesignTime.Context(provider);
        foreach (var key in Types(db).Where(Owned).SelectMany(type => type.GetForeignKeys()).Where(key => Owned(key.PrincipalEntityType)))
        {
            Assert.Equal(nameof(ITenantOwned.TenantId), key.Properties[0].Name);
            Assert.Equal([nameof(TenantOwned.TenantId), nameof(TenantOwned.Id)], key.PrincipalKey.Properties.Select(p => p.Name));
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public void T4_EveryIndexAndKey_LeadsWithTheTenant(Provider provider)
    {
        using var db = DesignTime.Context(provider);
        var loose = Types(db).Where(Owned).SelectMany(type => type.GetIndexes())
            .Where(index => index.Properties[0].Name != nameof(ITenantOwned.TenantId)).Select(index => index.GetDatabaseName()!);
        Assert.Equal(IndexesAboveTenants.Order(StringComparer.Ordinal), loose.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SqlServer_FullScript_IsGenerated()
    {
        using var db = DesignTime.Context(Provider.SqlServer);
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        foreach (var type in Types(db)) Assert.Contains($"CREATE TABLE [{type.GetTableName()}]", script, StringComparison.Ordinal);
    }

    /// <summary>Error 1785: SQL Server refuses a table that a delete can reach by two ways, or from itself.</summary>
    [Fact]
    public void SqlServer_Cascades_ReachEachTableByOneWay()
    {
        using var db = DesignTime.Context(Provider.SqlServer);
        foreach (var root in Types(db))
        {
            var reached = new List<IEntityType>();
            void Follow(IEntityType from)
            {
                foreach (var key in from.GetReferencingForeignKeys().Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull))
                {
                    Assert.False(reached.Contains(key.DeclaringEntityType), $"{root.ShortName()} cascades twice to {key.DeclaringEntityType.ShortName()}");
                    reached.Add(key.DeclaringEntityType);
                    Follow(key.DeclaringEntityType);
                }
            }

            Follow(root);
        }
    }

    /// <summary>Error 1919 and the limit of 1,700 bytes of an index key.</summary>
    [Fact]
    public void SqlServer_IndexKeys_FitIntoALimit()
    {
        using var db = DesignTime.Context(Provider.SqlServer);
        foreach (var index in Types(db).SelectMany(type => type.GetIndexes()))
        {
            var bytes = index.Properties.Sum(p => p.ClrType == typeof(string) ? (p.GetMaxLength() ?? 4000) * 2 : 8);
            Assert.True(bytes <= 1700, $"{index.GetDatabaseName()} has {bytes} bytes");
        }
    }

    [Fact]
    public void Sqlite_EveryLimitedText_IsChecked()
    {
        using var db = DesignTime.Context(Provider.Sqlite);
        foreach (var type in Types(db))
            foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(string) && p.GetMaxLength() is not null))
                Assert.Contains(type.GetCheckConstraints(), check => check.Sql == $"length(\"{property.Name}\") <= {property.GetMaxLength()}");
    }

    private static bool Owned(IReadOnlyTypeBase type) => type.ClrType.IsAssignableTo(typeof(ITenantOwned));

    private static IEnumerable<IEntityType> Types(CrmDb db) =>
        db.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(type => !type.IsMappedToJson());

}

using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data.Segments;

public sealed class RuleWorldsTests
{
    [Fact]
    public async Task Stored_RenamedTag_IsTheSameTag()
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db =>
        {
            db.Tags.Add(new Tag("vip"));
            return await db.SaveChangesAsync();
        });
        var stored = (await Parse(tenant, "has(tag, \"VIP\")")).ToStored();
        await tenant.Use(async db =>
        {
            (await db.Tags.SingleAsync()).Rename("dear");
            return await db.SaveChangesAsync();
        });
        Assert.Equal("has(tag, \"dear\")", await Shown(tenant, stored));
    }

    [Fact]
    public async Task Parse_TwoOfOneName_AsksForTheNumber()
    {
        var tenant = await Make.Tenant();
        var (one, two) = (await Make.Customer(tenant, "Acme"), await Make.Customer(tenant, "ACME"));
        Assert.Equal($"organisation = #{two}", await Shown(tenant, (await Parse(tenant, $"organisation = #{two}")).ToStored()));
        Assert.Equal(RuleExpected.UniqueName, (await Error(tenant, "organisation = \"acme\"")).Expected);
        Assert.NotEqual(one, two);
    }

    /// <summary>T10: a field that one may not see does not exist in rules: it is not typed, not shown, not suggested.</summary>
    [Fact]
    public async Task T10_HiddenField_DoesNotExist()
    {
        var tenant = await Make.Tenant();
        await Make.Field(tenant, CustomFieldType.Text, "Secret", d => d with { VisibleTo = Role.Manager });
        var seller = Sales((await Make.Member(tenant, Role.Sales)).Id, Visibility.All);
        var stored = (await Parse(tenant, "custom.secret = \"x\"")).ToStored();
        Assert.Equal(new RuleError(0, RuleExpected.Field, "custom.secret", null), await Error(tenant, "custom.secret = \"x\"", seller));
        Assert.Null((await Error(tenant, "custom.secre = \"x\"", seller)).Suggestion);
        Assert.Equal(new RuleError(0, RuleExpected.Field, "organisation.custom.secret", null), await Error(tenant, "organisation.custom.secret = \"x\"", seller));
        var behind = (await Parse(tenant, "organisation.custom.secret = \"x\"")).ToStored();
        Assert.False(await tenant.Use(async db => SegmentRule.TryStored(behind, await World(db, behind), out _), seller));
        Assert.False(await tenant.Use(async db => SegmentRule.TryStored(stored, await World(db, stored), out _), seller));
    }

    /// <summary>T10: a row that one may not see has no name, whoever typed it.</summary>
    [Fact]
    public async Task T10_InvisibleOrganisation_HasNoName()
    {
        var tenant = await Make.Tenant();
        var acme = await Make.Customer(tenant, "Acme");
        var seller = Sales((await Make.Member(tenant, Role.Sales)).Id, Visibility.Own);
        var stored = (await Parse(tenant, "organisation = \"Acme\"")).ToStored();
        Assert.Equal($"organisation = #{acme}", await Shown(tenant, stored, seller));
        Assert.Equal(RuleExpected.Name, (await Error(tenant, "organisation = \"Acme\"", seller)).Expected);
        Assert.Equal(RuleExpected.Name, (await Error(tenant, $"organisation = #{acme}", seller)).Expected);
    }

    /// <summary>T3: rows of another tenant are no names, and their numbers none either.</summary>
    [Fact]
    public async Task T3_ForeignRows_DoNotExist()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var tea = await Make.Product(other, "MARK-B-TEA");
        Assert.Equal(RuleExpected.Name, (await Error(tenant, "count(lines where product = \"MARK-B-TEA\") > 0")).Expected);
        Assert.Equal(RuleExpected.Name, (await Error(tenant, $"count(lines where product = #{tea}) > 0")).Expected);
    }

    [Fact]
    public async Task Stored_RetiredField_IsReadStillAndTypedNoMore()
    {
        var tenant = await Make.Tenant();
        var field = await Make.Field(tenant, CustomFieldType.Choice, "Tier", null, "Gold", "Silver");
        var stored = (await Parse(tenant, "custom.tier = \"gold\"")).ToStored();
        await tenant.Use(async db =>
        {
            await db.CustomFieldsChange(default);
            (await db.CustomFields.SingleAsync(f => f.Id == field.Id)).Retire(tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal("custom.tier = \"Gold\"", await Shown(tenant, stored));
        Assert.Equal(RuleExpected.Field, (await Error(tenant, "custom.tier = \"gold\"")).Expected);
    }

    private static Actor Sales(long member, Visibility sees) => new(member, Role.Sales, sees, []);

    private static async Task<RuleWorld> World(CrmDb db, string text)
    {
        var custom = (await db.LoadCustomFields(default)).SeenBy(db.Current.Actor.SeesEveryField ? Role.Admin : db.Current.Actor.Roles);
        return await db.RuleWorld(RuleMentions.Of(text, custom), "EUR", custom, null, default);
    }

    private static Task<SegmentRule> Parse(TestTenant tenant, string text) => tenant.Use(async db => SegmentRule.TryParse(text, await World(db, text), out var rule, out var error) ? rule : throw new FormatException(error.ToString()));

    private static Task<RuleError> Error(TestTenant tenant, string text, Actor? actor = null) => tenant.Use(async db => SegmentRule.TryParse(text, await World(db, text), out _, out var error) ? throw new InvalidOperationException(text) : error, actor);

    private static Task<string> Shown(TestTenant tenant, string stored, Actor? actor = null) => tenant.Use(async db =>
    {
        var world = await World(db, stored);
        return SegmentRule.Stored(stored, world).ToText(world);
    }, actor);
}

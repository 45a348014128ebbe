using System.Globalization;
using System.Net;
using CrmWeb.Tests.Support;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CrmWeb.Tests.Authorisation;

/// <summary>
/// Every address that changes something of a tenant and names rows, in its path or in its body, with a body that is valid: it is posted at the rows of
/// another tenant, and with one id after the other swapped for one of theirs. Tags are named by their text, so there is no id to swap.
/// </summary>
public sealed class ForeignValueTests
{
    public static TheoryData<string> Forms => [.. ValidForms.All.Select(form => form.Route)];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task T2_T3_ValidFormAtForeignRows_IsRefusedAndNothingChanges(string route)
    {
        var form = ValidForms.All.Single(form => form.Route == route);
        var host = await CrmHost.Shared();
        var (own, foreign) = (await FormRows.Of(await Make.Tenant(host)), await FormRows.Of(await Make.Tenant(host)));
        var browser = await own.Tenant.Admin.Browser();
        await browser.Get("/today");
        var before = (await ForeignIdTests.Hash(own.Tenant), await ForeignIdTests.Hash(foreign.Tenant));

        if (form.Id is not null)
            foreach (var body in new[] { await form.Body(own), await form.Body(foreign) })
            {
                var answer = await browser.Send(HttpMethod.Post, form.Path(foreign), form.Content(body));
                Assert.True(answer.Status == HttpStatusCode.NotFound, $"{route} answered {(int)answer.Status} to a foreign row");
                Assert.True(before == (await ForeignIdTests.Hash(own.Tenant), await ForeignIdTests.Hash(foreign.Tenant)), $"{route} changed rows at a foreign one");
            }

        foreach (var (field, id) in form.Swaps)
        {
            var body = await form.Body(own);
            body[field] = id(foreign).ToString(CultureInfo.InvariantCulture);
            var answer = await browser.Send(HttpMethod.Post, form.Path(own), form.Content(body));
            Assert.True((int)answer.Status is >= 400 and < 500, $"{route} answered {(int)answer.Status} to a foreign {field}");
            Assert.True(before == (await ForeignIdTests.Hash(own.Tenant), await ForeignIdTests.Hash(foreign.Tenant)), $"{route} changed rows for a foreign {field}");
        }

        var valid = await browser.Send(HttpMethod.Post, form.Path(own), form.Content(await form.Body(own)));
        // an export answers with its file
        Assert.True(valid.Status is HttpStatusCode.Redirect or HttpStatusCode.NoContent || valid.Response.Content.Headers.ContentType?.MediaType == "text/csv", $"{route} answered {(int)valid.Status} to a valid body: {valid.Text}");
        Assert.Equal(before.Item2, await ForeignIdTests.Hash(foreign.Tenant));
    }

    [Fact]
    public async Task T3_EveryAddressThatTakesIds_HasAForm()
    {
        var known = ValidForms.All.ToDictionary(form => form.Route, StringComparer.Ordinal);
        var metadata = new EmptyModelMetadataProvider();
        var (missing, found) = (new List<string>(), 0);
        foreach (var route in (await Route.All()).Where(route => route is { InTenant: true, Method: not "GET" }))
        {
            string[] fields =
            [
                .. route.Action.Parameters.Where(p => p.Name != "id").SelectMany(p => TakesIds(p.ParameterType) ? [p.Name]
                    : metadata.GetMetadataForType(p.ParameterType) is { IsComplexType: true, IsEnumerableType: false } type ? type.Properties.Where(x => TakesIds(x.ModelType)).Select(x => x.PropertyName!) : []),
            ];
            found += fields.Length;
            if (!known.TryGetValue(route.Pattern, out var form))
            {
                if (route.HasId || fields.Length > 0) missing.Add(route.Pattern);
                continue;
            }

            missing.AddRange(fields.Except(form.Swaps.Select(swap => swap.Field).Concat(form.Without), StringComparer.OrdinalIgnoreCase).Select(field => $"{route.Pattern} {field}"));
        }

        Assert.Empty(missing);
        Assert.True(found > 15, $"Only {found} fields were found to name rows.");
        Assert.Empty(known.Keys.Except((await Route.All()).Select(route => route.Pattern), StringComparer.Ordinal));
    }

    // ids are the only long numbers of forms
    private static bool TakesIds(Type type) => type == typeof(long) || type == typeof(long?) || typeof(IEnumerable<long>).IsAssignableFrom(type);
}

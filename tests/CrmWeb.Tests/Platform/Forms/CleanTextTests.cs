using System.Net;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Platform.Forms;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData("en", "This text has a character that cannot be stored.")]
    [InlineData("fa", "این متن نویسه‌ای دارد که ذخیره نمی‌شود.")]
    public async Task Post_TextThatCannotBeStored_IsRefusedInTheLanguageOfThePage(string language, string message)
    {
        var browser = await (await Make.Tenant()).Admin.Browser();
        using var form = new MultipartFormDataContent { { new StringContent("Person"), "Kind" }, { new StringContent("Lead"), "Stage" }, { new StringContent("a\0b"), "Name" } };
        var page = await browser.Send(HttpMethod.Post, $"/customers/new?lang={language}", form);
        Assert.Equal((HttpStatusCode.BadRequest, message), (page.Status, page.ErrorFor("Name")));
    }

    [Fact]
    public async Task Post_FormThatCannotBeRead_IsABadRequest()
    {
        var browser = await (await Make.Tenant()).Admin.Browser();
        var page = await browser.Post("/customers/new", new { Kind = "Person", Name = "a\0b", Stage = "Lead" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("This request could not be read", page.Text, StringComparison.Ordinal);
    }
}

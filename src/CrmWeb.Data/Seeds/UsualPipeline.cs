using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;

namespace CrmWeb.Data.Seeds;

/// <summary>What a tenant begins with: a pipeline that most sales fit, and the usual reasons. All of it can be changed.</summary>
public static class UsualPipeline
{
    private const string Persian = "fa";

    private sealed record Words(string Name, string Exit, string Playbook);

    /// <summary>Makes the pipeline and the reasons; the caller saves.</summary>
    public static Pipeline AddUsualSales(this CrmDb db, string language)
    {
        var fa = language == Persian;
        AddReasons(db, ReasonFor.Won, fa
            ? ["قیمت", "کیفیت", "خدمات بهتر", "اعتماد و رابطه", "تحویل سریع"]
            : ["Price", "Quality", "Better service", "Trust", "Fast delivery"]);
        AddReasons(db, ReasonFor.Lost, fa
            ? ["گران بود", "فروشندهٔ دیگری را برگزید", "بودجه نداشت", "تصمیمی نگرفت", "چیزی کم داشتیم", "دیگر پاسخ نداد"]
            : ["Too expensive", "Chose somebody else", "No budget", "No decision", "We lack something", "No answer any more"]);
        AddReasons(db, ReasonFor.Return, fa
            ? ["آسیب‌دیده رسید", "کالای اشتباه", "نپسندید", "دیر رسید"]
            : ["Arrived damaged", "Wrong item", "Did not like it", "Came too late"]);
        AddReasons(db, ReasonFor.RootCause, fa
            ? ["حمل و نقل", "محصول", "اطلاعات نادرست", "صورت‌حساب", "رفتار ما"]
            : ["Transport", "Product", "Wrong information", "Invoice", "Our conduct"]);
        var pipeline = new Pipeline(fa ? "فروش" : "Sales", 1);
        db.Pipelines.Add(pipeline);
        db.AddUsualStages(pipeline, language);
        return pipeline;
    }

    /// <summary>The stages that a new pipeline begins with; the caller saves.</summary>
    public static void AddUsualStages(this CrmDb db, Pipeline pipeline, string language)
    {
        var words = language == Persian ? InPersian : InEnglish;
        (int Probability, ForecastCategory Category, DealNeeds Needs, int Rotten)[] stages =
        [
            (10, ForecastCategory.Pipeline, DealNeeds.None, 14),
            (25, ForecastCategory.Pipeline, DealNeeds.Owner, 21),
            (50, ForecastCategory.BestCase, DealNeeds.Owner | DealNeeds.Amount | DealNeeds.CloseOn, 21),
            (75, ForecastCategory.BestCase, DealNeeds.Owner | DealNeeds.Amount | DealNeeds.CloseOn, 14),
            (90, ForecastCategory.Commit, DealNeeds.Owner | DealNeeds.Amount | DealNeeds.CloseOn, 10),
        ];
        db.Stages.AddRange(stages.Select((s, i) => new Stage(
            pipeline, new StageDetails(words[i].Name, s.Probability, s.Category, s.Needs, words[i].Exit, words[i].Playbook, s.Rotten), i + 1)));
    }

    private static void AddReasons(CrmDb db, ReasonFor why, string[] names) => db.Reasons.AddRange(names.Select((name, i) => new Reason(why, name, i + 1)));

    private static readonly Words[] InEnglish =
    [
        new("First talk", "We know who decides, and that there is a need.", "Call within two days. Ask what they use now, what bothers them, and who else is asked."),
        new("Need understood", "The need is written down, and they agreed to get an offer.", "Visit or invite them. Write the need into the description, in their words."),
        new("Offer sent", "They have the offer, and a day on which they will answer.", "Send the offer within three days, and go through it with them on the phone."),
        new("Negotiation", "Price, delivery and terms are agreed on.", "Concede nothing without getting something for it. Ask for the one thing that is still open."),
        new("Agreed", "The signed order is here.", "Send the order form the same day, and thank them."),
    ];

    private static readonly Words[] InPersian =
    [
        new("گفت‌وگوی نخست", "می‌دانیم چه کسی تصمیم می‌گیرد و نیازی هست.", "تا دو روز زنگ بزنید. بپرسید اکنون از چه استفاده می‌کنند، چه چیزی آزارشان می‌دهد و نظر چه کسی مهم است."),
        new("نیاز روشن شد", "نیاز نوشته شده و پذیرفته‌اند که پیشنهاد بگیرند.", "به دیدارشان بروید یا دعوتشان کنید. نیاز را با واژه‌های خودشان در توضیح بنویسید."),
        new("پیشنهاد فرستاده شد", "پیشنهاد را دارند و روز پاسخ روشن است.", "پیشنهاد را تا سه روز بفرستید و تلفنی با هم مرورش کنید."),
        new("مذاکره", "بر سر قیمت، تحویل و شرایط توافق شده است.", "هیچ امتیازی را بی‌عوض ندهید. بپرسید تنها چه چیزی باز مانده است."),
        new("توافق شد", "سفارش امضاشده رسیده است.", "برگهٔ سفارش را همان روز بفرستید و سپاس‌گزاری کنید."),
    ];
}

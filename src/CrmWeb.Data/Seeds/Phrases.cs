using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Seeds;

/// <summary>What people write about a contact, a task or a customer, in English and in Persian.</summary>
internal static class Phrases
{
    private static readonly Dictionary<Channel, string[]> English = new()
    {
        [Channel.Call] = ["Follow-up on the quote", "Reorder for next month", "Question about delivery times", "Introductory call", "Contract renewal", "Price list for the new season", "Complaint about a late delivery", "Check-in after the first order", "Payment terms"],
        [Channel.Email] = ["Quote sent", "Samples: which ones do you want?", "Invoice question", "Thank you for the visit", "New product sheet", "Order confirmation", "Delivery note missing", "Terms for a yearly contract", "Re: Appointment next week"],
        [Channel.Meeting] = ["Yearly review", "Tasting with the team", "Needs for the new office", "Negotiation of the frame contract", "Introduction of the new contact", "Planning for the trade fair"],
        [Channel.Chat] = ["Opening hours", "Where is my parcel?", "Grind size for a French press", "Change of the delivery address", "Voucher does not work"],
        [Channel.Social] = ["Comment under our post", "Recommendation by a friend", "Question about origin and farms", "Photo of the new coffee corner"],
        [Channel.Visit] = ["On-site visit", "Machine looked over", "Showroom visit", "Delivery of samples in person", "Barista training"],
        [Channel.Note] = ["Moved to a new address", "Decision is made in the next quarter", "Prefers to be called in the morning", "Competitor offers 8 % less", "New person in purchasing"],
    };

    private static readonly Dictionary<Channel, string[]> Persian = new()
    {
        [Channel.Call] = ["پیگیری پیش‌فاکتور", "سفارش مجدد ماه آینده", "پرسش درباره‌ی زمان تحویل", "تماس معارفه", "تمدید قرارداد"],
        [Channel.Email] = ["ارسال پیش‌فاکتور", "انتخاب نمونه‌ها", "پرسش درباره‌ی صورت‌حساب", "سپاس از بازدید شما", "تأیید سفارش"],
        [Channel.Meeting] = ["مرور سالانه", "نشست چشایی با گروه", "مذاکره‌ی قرارداد سالانه"],
        [Channel.Chat] = ["مرسوله‌ی من کجاست؟", "تغییر نشانی تحویل", "ساعت کاری"],
        [Channel.Social] = ["دیدگاه زیر پست ما", "معرفی از سوی یک دوست"],
        [Channel.Visit] = ["بازدید حضوری", "تحویل نمونه‌ها", "آموزش باریستا"],
        [Channel.Note] = ["نشانی تازه", "تصمیم‌گیری در فصل آینده", "تماس پیش از ظهر را ترجیح می‌دهد"],
    };

    private static readonly string[] EnglishBodies =
    [
        "Spoke about volumes and prices. They want a written offer by the end of the week.",
        "Very happy with quality, less so with the delivery window. Asked for mornings before nine.",
        "Needs approval from management; budget is fixed in March.",
        "Compared us with their present supplier. Price is close, service decides.",
        "Asked for three samples and a visit. Sent the list of dates.",
        "Nobody in purchasing today, try again on Thursday.",
        "Agreed on a trial month.\nNext step: send the contract.",
        "The machine leaks again; service is informed and calls back today.",
        "Wants fewer mails and one call a quarter.",
        "Two new branches open in spring, so the volume will grow by about a third.",
    ];

    private static readonly string[] PersianBodies =
    [
        "درباره‌ی حجم و قیمت گفت‌وگو شد. تا پایان هفته پیشنهاد کتبی می‌خواهند.",
        "از کیفیت بسیار راضی‌اند؛ زمان تحویل را صبح زود می‌خواهند.",
        "به تأیید مدیریت نیاز دارند.",
        "سه نمونه خواستند. تاریخ‌های پیشنهادی فرستاده شد.",
        "با یک ماه آزمایشی موافقت شد.\nگام بعدی: فرستادن قرارداد.",
    ];

    public static readonly string[] Tasks =
    [
        "Send the quote", "Call back about the order", "Prepare the yearly review", "Send samples", "Check the open invoice", "Book a visit", "Ask for a reference",
        "Update the contact details", "Send the contract", "Clarify the complaint", "Invite to the tasting", "Plan the barista training",
    ];

    public static readonly string[] Sources = ["Web form", "Trade fair", "Recommendation", "Cold call", "Newsletter", "Partner", "Social media", "Shop visit"];

    public static readonly string[] Industries =
        ["Hospitality", "Retail", "Manufacturing", "Software", "Logistics", "Healthcare", "Construction", "Education", "Finance", "Food and beverage", "Media", "Public sector"];

    public static string[] Subjects(Channel channel, string language) => (language == "fa" ? Persian : English)[channel];

    public static string[] Bodies(string language) => language == "fa" ? PersianBodies : EnglishBodies;
}

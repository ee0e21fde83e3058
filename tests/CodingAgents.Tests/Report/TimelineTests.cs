using System.Xml.Linq;

namespace CodingAgents.Tests;

public sealed class TimelineTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Picture_HasALaneForEachAgent_AndABarForEachStep()
    {
        XElement picture = Draw(Given.Step(1, "architect", "strong"), Given.Step(2, "coder", "strong"), Given.Step(3, "architect", "fast"));

        Assert.Equal(["architect", "coder"], Texts(picture, "agent"));
        Assert.Equal(3, Steps(picture).Count());
        Assert.Equal(["bar1", "bar1", "bar0"], Steps(picture).Select(s => (string?)s.Element(Svg + "rect")!.Attribute("class")));
    }

    [Fact]
    public void Bar_TellsPolicyProbabilityAndTarget()
    {
        XElement step = Assert.Single(Steps(Draw(Given.Step(1, target: "strong"))));

        Assert.Equal(["code_generation", "0.75  Matched", "strong, 2.0 s"], step.Elements(Svg + "text").Select(t => t.Value));
    }

    [Fact]
    public void Texts_CannotBreakThePicture()
    {
        XElement picture = Draw(Given.Step(1, "<script>&\"", "a&b", request: "]]> </svg>"));

        Assert.Equal(["<script>&\""], Texts(picture, "agent"));
    }

    [Fact]
    public void Run_WithoutSteps_IsAPictureToo() => Assert.Empty(Steps(Draw()));

    private static XElement Draw(params Step[] steps) => XDocument.Parse(Timeline.Of(steps, "title & more").ToString()).Root!;

    private static IEnumerable<XElement> Steps(XElement picture) => picture.Elements(Svg + "g");

    private static IEnumerable<string> Texts(XElement picture, string style) =>
        picture.Descendants(Svg + "text").Where(t => (string?)t.Attribute("class") == style).Select(t => t.Value);
}
